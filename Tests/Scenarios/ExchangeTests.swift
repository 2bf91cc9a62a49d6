import Foundation
import Models
import Testing

/// Several archives, each with a home of its own, and a stick between them.
private struct Desks {
    let machine: Machine
    let names: [String]

    /// The first is made; the others are restored from what it brought to the stick. Each trusts all.
    init(_ names: [String]) throws {
        machine = try Machine()
        self.names = names
        try machine.shell("mkdir stick")
        for name in names { try machine.shell("mkdir -p homes/\(name)") }
        let first = try #require(names.first)
        try capture(first, "first.html", Story.page())
        #expect(try stet(first, "init", first).exit == 0)
        #expect(try stet(first, "capture", "in/\(first)", "--archive", first).exit == 0)
        #expect(try stet(first, "push", "stick", "--archive", first).exit == 0)
        for name in names.dropFirst() {
            try trust(first, by: name)
            let restored = try stet(name, "restore", "stick", name)
            #expect(restored.exit == 0, "\(restored.errors)")
            for other in names where other != name { try trust(other, by: name, ifThere: true) }
        }
        for name in names { for other in names where other != name { try trust(other, by: name) } }
    }

    func home(_ name: String) -> [String: String] { ["HOME": machine.path("homes/\(name)")] }

    @discardableResult
    func stet(_ name: String, _ arguments: String...) throws -> Machine.Run {
        try machine.run(Machine.stet, arguments, environment: home(name))
    }

    func capture(_ name: String, _ file: String, _ page: String) throws {
        try machine.write(page, to: "in/\(name)/\(file)")
    }

    private func trust(_ other: String, by name: String, ifThere: Bool = false) throws {
        let key = "homes/\(other)/.config/stet/keys/stet.pub"
        if ifThere, !FileManager.default.fileExists(atPath: machine.path(key)) { return }
        #expect(try stet(name, "trust", "add", machine.path(key)).exit == 0)
    }

    /// Exchanges until nothing travels any more.
    func settle(_ remote: String = "stick") throws {
        for _ in 0..<6 {
            var moved: Int64 = 0
            for name in names {
                let run = try stet(name, "sync", remote, "--archive", name, "--json")
                #expect(run.exit == 0, "\(name): \(run.text) \(run.errors)")
                guard run.exit == 0 else { return }
                moved += try (run.summary["sent"]?.integer ?? 0) + (run.summary["received"]?.integer ?? 0)
            }
            if moved == 0 { return }
        }
        Issue.record("syncing does not come to rest")
    }

    /// What two archives must have in common when they have exchanged everything: every log's size and root, and the counts.
    func content(_ name: String) throws -> [String] {
        let stats = try stet(name, "stats", "--archive", name, "--json")
        #expect(stats.exit == 0)
        let counts = ["articles", "captures", "revisions", "objects", "rawBytes"].map { key in
            "\(key) \((try? stats.summary[key]?.integer) ?? -1)"
        }
        // Every log's newest snapshot is here: sizes and roots are in what is signed.
        let manifests = try machine.shell("cd \(name)/manifests && sha256sum *.json | grep -v index.json | sort -k2")
            .text
        return counts + [manifests]
    }
}

@Suite("Exchange between archives")
struct ExchangeTests {
    @Test(
        "two archives that captured apart end with the same content, in any order and any number of times, and then rest"
    )
    func merge() throws {
        for order in [["desk", "field"], ["field", "desk"]] {
            let desks = try Desks(["desk", "field"])
            for (name, words) in [("desk", "closed until summer"), ("field", "closed for good")] {
                try desks.capture(name, "second.html", Story.page(headline: "Bridge \(words)"))
                #expect(try desks.stet(name, "capture", "in/\(name)", "--archive", name).exit == 0)
            }
            for name in order { #expect(try desks.stet(name, "sync", "stick", "--archive", name).exit == 0) }
            try desks.settle()
            #expect(try desks.content("desk") == desks.content("field"))
            let before = try desks.machine.shell(
                "find stick desk/archive desk/manifests -type f -printf '%p %s %T@\\n' | sort"
            ).text
            for name in order {
                let again = try desks.stet(name, "sync", "stick", "--archive", name)
                #expect(again.text == "nothing new\n")
            }
            let after = try desks.machine.shell(
                "find stick desk/archive desk/manifests -type f -printf '%p %s %T@\\n' | sort"
            ).text
            #expect(before == after)
            for name in order { #expect(try desks.stet(name, "verify", "--archive", name).exit == 0) }
        }
    }

    @Test("more of the same pages travels thin, a third machine restores it, and zstd alone reads it")
    func thin() throws {
        let desks = try Desks(["desk", "field"])
        let machine = desks.machine
        for number in 0..<20 {
            let filler = (0..<60).map {
                "Paragraph \($0) of \(number) has \((($0 + 1) &* 2_654_435_761 &* (number + 7)) % 99_999_999_977) words."
            }
            try desks.capture("desk", "\(number).html", Story.page(headline: "Story \(number)", filler))
        }
        #expect(try desks.stet("desk", "capture", "in/desk", "--archive", "desk").exit == 0)
        #expect(try desks.stet("desk", "push", "stick", "--archive", "desk").exit == 0)
        try machine.shell("sed -i 's/Paragraph 7 of/Sentence seven of/' in/desk/*.html")
        #expect(try desks.stet("desk", "capture", "in/desk", "--archive", "desk").exit == 0)
        #expect(try desks.stet("desk", "push", "stick", "--archive", "desk").exit == 0)
        // The last bundle as it lies in the archive, where it stands by itself, and as it travelled.
        let sizes = try machine.shell(
            "for f in desk stick; do stat -c %s $(ls $f/archive/*.tar.zst | sort -t- -k2 -n | tail -1); done"
        ).text.split(separator: "\n").compactMap { Int($0) }
        #expect(sizes.count == 2 && sizes[1] * 2 < sizes[0], "\(sizes)")
        let lists = try machine.shell("grep -l '\"base\"' stick/archive/*.json || true").text.split(separator: "\n")
        #expect(!lists.isEmpty, "no bundle builds on another")
        #expect(try desks.stet("field", "sync", "stick", "--archive", "field").exit == 0)
        #expect(try desks.stet("field", "verify", "--archive", "field").exit == 0)
        #expect(try desks.stet("field", "restore", "stick", "third").exit == 0)
        #expect(try desks.stet("field", "verify", "--archive", "third").exit == 0)
        // As manifests/FORMAT.md says.
        let bag = try machine.shell(
            """
            cd stick/archive; mkdir ../x; for b in $(ls *.tar.zst | sort -t- -k2 -n); do
              list=${b%.tar.zst}.json; rm -f ../base ../t.tar
              grep -o '"base":\\[[^]]*\\]' $list | grep -oE '[0-9a-f]{64}' | while read id; do cat ../x/data/objects/${id:0:2}/$id; done > ../base || true
              if [ -s ../base ]; then zstd -q -d --patch-from=../base $b -o ../t.tar; echo thin; else zstd -q -d $b -o ../t.tar; fi
              tar -xf ../t.tar -C ../x; (cd ../x && sha256sum -c --quiet manifest-sha256.txt)
            done
            """)
        #expect(bag.exit == 0 && bag.text.contains("thin"), "\(bag.text) \(bag.errors)")
    }

    @Test("a folder that was copied and used twice is noticed, and nothing that either recorded is lost")
    func copied() throws {
        let desks = try Desks(["desk"])
        let machine = desks.machine
        try machine.shell("cp -r desk copy")
        for (archive, words) in [("desk", "closed until summer"), ("copy", "closed for good")] {
            try desks.capture("desk", "news.html", Story.page(headline: "Bridge \(words)"))
            let run = try desks.stet("desk", "capture", "in/desk/news.html", "--archive", archive)
            #expect(run.exit == 0, "\(run.errors)")
        }
        #expect(try desks.stet("desk", "push", "stick", "--archive", "desk").exit == 0)
        for verb in ["push", "pull", "sync"] {
            let run = try desks.stet("desk", verb, "stick", "--archive", "copy")
            #expect(
                run.exit == 12 && run.errors.contains("copied") && run.errors.contains("stet adopt"),
                "\(verb): \(run.errors)")
        }
        #expect(try desks.stet("desk", "restore", "stick", "new").exit == 0)
        let adopted = try desks.stet("desk", "adopt", "copy", "--archive", "new", "--json")
        #expect(adopted.exit == 0, "\(adopted.errors)")
        #expect(try adopted.summary["captures"]?.integer == 1)
        #expect(try desks.stet("desk", "adopt", "copy", "--archive", "new", "--json").summary["records"]?.integer == 0)
        let found = try desks.stet("desk", "search", "closed for good", "--archive", "new").text
        #expect(found.contains("closed for good"), "\(found)")
        #expect(try desks.stet("desk", "verify", "--archive", "new").exit == 0)
        #expect(try desks.stet("desk", "reindex", "--archive", "new").exit == 0)
        #expect(try desks.stet("desk", "verify", "--archive", "new").exit == 0)
        // And it travels like anything else.
        #expect(try desks.stet("desk", "sync", "stick", "--archive", "new").exit == 0)
        #expect(try desks.stet("desk", "restore", "stick", "fourth").exit == 0)
        #expect(
            try desks.stet("desk", "search", "closed for good", "--archive", "fourth").text.contains("closed for good"))
        #expect(try desks.stet("desk", "verify", "--archive", "fourth").exit == 0)
    }

    @Test("what one machine withdraws goes from the stick and from the others")
    func withdrawn() throws {
        let desks = try Desks(["desk", "field"])
        try desks.capture(
            "desk", "secret.html", Story.page(headline: "A name that must not stay", ["Zebedee Quill lives here."]))
        let captured = try desks.stet("desk", "capture", "in/desk/secret.html", "--archive", "desk", "--json")
        let name = try #require(try captured.lines.first?["capture"]?.string)
        try desks.settle()
        #expect(try desks.stet("field", "search", "Quill", "--archive", "field").text.contains("must not stay"))
        #expect(try desks.stet("desk", "forget", name, "--reason", "asked to", "--archive", "desk", "--yes").exit == 0)
        try desks.settle()
        for place in ["stick", "desk", "field"] {
            let left = try desks.machine.shell(
                "for b in \(place)/archive/*.tar.zst; do zstd -qdc $b 2>/dev/null | grep -c Quill || true; done | sort -u"
            ).text
            #expect(left == "0\n", "\(place): \(left)")
        }
        #expect(try !desks.stet("field", "search", "Quill", "--archive", "field").text.contains("must not stay"))
        #expect(try desks.stet("field", "restore", "stick", "third").exit == 0)
        for archive in ["field", "third"] { #expect(try desks.stet("field", "verify", "--archive", archive).exit == 0) }
    }

    @Test(
        "what another machine withdrew goes with the next pull, when the first one was killed at any moment",
        .enabled(if: Faults.isThere, Faults.reason))
    func withdrawnByHalves() throws {
        let desks = try Desks(["desk", "field"])
        try desks.capture(
            "desk", "secret.html", Story.page(headline: "A name that must not stay", ["Zebedee Quill lives here."]))
        let captured = try desks.stet("desk", "capture", "in/desk/secret.html", "--archive", "desk", "--json")
        let line = try #require(try captured.lines.first)
        let (name, payload) = (try #require(line["capture"]?.string), try #require(line["payload"]?.string))
        try desks.settle()
        #expect(try desks.stet("desk", "forget", name, "--reason", "asked to", "--archive", "desk", "--yes").exit == 0)
        #expect(try desks.stet("desk", "push", "stick", "--archive", "desk").exit == 0)
        try desks.machine.shell("cp -a field kept; cp -a stick stickKept")
        let faults = try Faults(desks.machine)
        var outcomes: Set<Int32> = []
        for call in stride(from: 1, through: 400, by: 9) {
            try desks.machine.shell("rm -rf field stick; cp -a kept field; cp -a stickKept stick")
            let arguments = ["pull", "stick", "--archive", "field"]
            let first = try faults.run(arguments, .kill, at: call, environment: desks.home("field"))
            outcomes.insert(first.exit)
            #expect(try desks.stet("field", "pull", "stick", "--archive", "field").exit == 0, "call \(call)")
            #expect(try desks.stet("field", "cat", payload, "--archive", "field").exit != 0, "call \(call)")
            if first.exit == 0 { break }
        }
        #expect(outcomes == [-9, 0])
    }

    @Test(
        "three archives and a stick: random captures, snapshots, exchanges, kills and a full stick, then all are equal",
        .enabled(if: Faults.isThere, Faults.reason))
    func randomly() throws {
        var chance = Chance()
        let seed = chance.seed
        print("exchange test: STET_TEST_SEED=\(seed)")
        let names = ["a", "b", "c"]
        let desks = try Desks(names)
        let faults = try Faults(desks.machine)
        var reported: Set<String> = []
        let steps = Chance.amount("STET_TEST_STEPS", default: 240)
        for step in 0..<steps {
            let name = names[Int.random(in: 0..<3, using: &chance)]
            switch Int.random(in: 0..<10, using: &chance) {
            case 0..<4:
                let words = (0..<Int.random(in: 3..<40, using: &chance)).map { _ in
                    "word\(UInt16.random(in: 0..<500, using: &chance))"
                }
                try desks.capture(
                    name, "\(Int.random(in: 0..<6, using: &chance)).html",
                    Story.page(headline: "Step \(step)", [words.joined(separator: " ") + "."]))
                let run = try desks.stet(name, "capture", "in/\(name)", "--archive", name, "--json")
                #expect(run.exit == 0, "step \(step): \(run.errors)")
                for line in try run.lines { if let capture = line["capture"]?.string { reported.insert(capture) } }
            case 4: #expect(try desks.stet(name, "snapshot", "--archive", name).exit == 0)
            case 5...6:
                let verb = ["push", "pull", "sync"][Int.random(in: 0..<3, using: &chance)]
                let run = try desks.stet(name, verb, "stick", "--archive", name)
                #expect(run.exit == 0, "step \(step), \(name) \(verb): \(run.text) \(run.errors)")
            default:
                // The stick is pulled, or the machine stops, or there is no room, at some call that changes files.
                let verb = ["push", "pull", "sync", "snapshot"][Int.random(in: 0..<4, using: &chance)]
                let kind: Faults.Kind = Bool.random(using: &chance) ? .kill : .full
                let run = try faults.run(
                    [verb] + (verb == "snapshot" ? [] : ["stick"]) + ["--archive", name], kind,
                    at: Int.random(in: 1..<90, using: &chance), environment: desks.home(name))
                #expect([0, -9, 74].contains(run.exit), "step \(step), \(name) \(verb): \(run.exit) \(run.errors)")
            }
        }
        #expect(!reported.isEmpty)
        try desks.settle()
        let content = try desks.content("a")
        for name in names {
            #expect(try desks.content(name) == content, "seed \(seed), \(name)")
            let verify = try desks.stet(name, "verify", "--archive", name, "--json")
            #expect(verify.exit == 0, "seed \(seed), \(name): \(verify.text)")
            #expect(try verify.summary["captures"]?.integer == Int64(reported.count + 1), "seed \(seed)")
        }
    }
}

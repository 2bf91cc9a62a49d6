import Foundation
import Models
import Testing

@Suite("Many processes, little room, little memory")
struct BusyArchiveTests {
    @Test("a minute of four processes capturing, one merging and one verifying: no error, no loss")
    func minute() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        for writer in 0..<4 {
            for number in 0..<3 {
                let filler = (0..<30).map {
                    "Sentence \($0) of story \(number) says \(writer &* 7919 &+ $0 &* 104_729)."
                }
                try machine.write(
                    "Headline \(writer) \(number)\n\n" + filler.joined(separator: " "),
                    to: "in\(writer)/site\(number)/w\(writer)-\(number).txt")
            }
        }
        let seconds = Chance.amount("STET_TEST_SECONDS", default: 60)
        let script = """
            export HOME=$PWD/home; stet=\(Machine.stet.path); end=$((SECONDS + \(seconds)))
            # What must not fail, for as long as there is time. A failure is told with its words.
            again() { me=$BASHPID; while (( SECONDS < end )); do
              "$@" > out.$me 2> err.$me || echo "exit $? of $*: $(tail -n 3 out.$me err.$me)" >> failures
              echo >> done.$name; done; }
            write() { for file in in$1/*/*.txt; do echo "Line $RANDOM of $BASHPID." >> $file; done
              $stet capture in$1 --archive press --json > now.$1; status=$?
              grep -o '"capture":"[^"]*"' now.$1 >> reported.$1; return $status; }
            for writer in 0 1 2 3; do ( name=capture; again write $writer ) & done
            ( name=gc; again $stet gc --archive press --all ) &
            ( name=verify; again $stet verify --archive press ) &
            wait
            cat failures 2>/dev/null | head -c 4000 || true
            """
        let run = try machine.shell(script)
        #expect(run.exit == 0 && run.text == "", "\(run.text) \(run.errors)")
        for name in ["capture", "gc", "verify"] {
            let rounds = Int(
                try machine.shell("wc -l < done.\(name)").text.trimmingCharacters(in: .whitespacesAndNewlines))
            #expect((rounds ?? 0) > 1, "\(name) went \(rounds ?? 0) times")
        }
        let reported = try machine.shell("cat reported.*").text.split(separator: "\n")
        #expect(reported.count >= 24)
        #expect(Set(reported).count == reported.count, "an index was given twice")
        let verify = try machine.stet("verify", "--archive", "press", "--json")
        #expect(verify.exit == 0, "\(verify.text)")
        #expect(try verify.summary["captures"]?.integer == Int64(reported.count))
        #expect(try machine.stet("reindex", "--archive", "press").exit == 0)
        #expect(
            try machine.stet("verify", "--archive", "press", "--json").summary["captures"]?.integer
                == Int64(reported.count))
    }

    private static let canMount =
        (try? Machine().shell("mkdir m && mount -t tmpfs -o size=1m tmpfs m && umount m").exit) == 0

    @Test(
        "a small disk that fills up: exit 74, the archive stays whole, and works again when there is room",
        .enabled(if: canMount, "this user may not mount a small file system; FaultTests fill the disk in another way"),
        arguments: ["capture", "gc --all", "reindex", "snapshot", "repair"])
    func smallDisk(verb: String) throws {
        let machine = try Machine()
        try #require(try machine.shell("mkdir small && mount -t tmpfs -o size=16m tmpfs small").exit == 0)
        defer { _ = try? machine.shell("umount small") }
        try machine.stet("init", "small/press")
        try machine.shell("for n in 1 2 3; do mkdir -p in; head -c 1500000 /dev/urandom | base64 > in/$n.txt; done")
        for file in 1...3 { try machine.stet("capture", "in/\(file).txt", "--archive", "small/press", "--no-extract") }
        if verb == "repair" {
            try machine.stet("snapshot", "--archive", "small/press")
            try machine.shell("mkdir stick; mv small/press/archive stick/; mkdir small/press/archive")
            try machine.shell(
                "pack=$(ls -S small/press/packs/*.pack | head -1); printf 'x' | dd of=$pack bs=1 seek=70000 conv=notrunc status=none"
            )
        }
        // All but a little of what is left.
        try machine.shell(
            """
            rm -f small/press/catalog.sqlite-*; free=$(df --output=avail -B1 small | tail -1)
            head -c $((free - \(verb == "reindex" ? 20_000 : 400_000))) /dev/zero > small/ballast
            """)
        var arguments = verb.split(separator: " ").map(String.init) + ["--archive", "small/press"]
        if verb == "capture" {
            try machine.shell("head -c 3000000 /dev/urandom > noise.bin")
            arguments.insert("noise.bin", at: 1)
        }
        if verb == "repair" { arguments.insert("stick", at: 1) }
        let full = try machine.run(Machine.stet, arguments)
        #expect(full.exit == 74, "\(verb): exit \(full.exit) \(full.text) \(full.errors)")
        #expect(full.errors.contains("no space left"), "\(full.errors)")
        try machine.shell("rm small/ballast")
        #expect(try machine.shell("ls -A small/press/packs | grep -c tmp || true").text == "0\n")
        if verb != "repair" {
            let verify = try machine.stet("verify", "--archive", "small/press", "--json")
            #expect(verify.exit == 0, "\(verify.text) \(verify.errors)")
            #expect(try verify.summary["captures"]?.integer == 3)
        }
        let again = try machine.run(Machine.stet, arguments)
        #expect(again.exit == 0, "\(verb): \(again.text) \(again.errors)")
        let verify = try machine.stet("verify", "--archive", "small/press", "--json")
        #expect(try verify.summary["captures"]?.integer == (verb == "capture" ? 4 : 3))
        #expect(try verify.summary["damaged"]?.integer == 0)
    }

    /// Peak resident kilobytes of a command, as the kernel counted them for `wait4`.
    private func peak(_ machine: Machine, _ arguments: [String]) throws -> Int {
        let script = """
            import resource, subprocess, sys
            done = subprocess.run(sys.argv[1:], stdout=open("out", "wb"))
            print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
            sys.exit(done.returncode)
            """
        let run = try machine.run(
            URL(filePath: "/usr/bin/env"), ["python3", "-c", script, Machine.stet.path] + arguments)
        try #require(run.exit == 0, "\(arguments): \(run.errors)")
        return try #require(Int(run.text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }

    @Test("memory is the same for ten times the captures")
    func memory() throws {
        let verbs: [[String]] = [
            ["capture", "in", "--quiet", "--archive", "press"], ["verify", "--archive", "press"],
            ["gc", "--all", "--archive", "press"], ["reindex", "--archive", "press"],
            ["snapshot", "--archive", "press"], ["export", "--files", "files", "--archive", "press"],
            ["restore", "press", "copy"],
        ]
        var peaks: [String: [Int]] = [:]
        for count in [1_000, 10_000] {
            let machine = try Machine()
            try machine.stet("init", "press")
            let script = """
                import os
                for n in range(\(count)):
                    folder = f"in/s{n % 20}"; os.makedirs(folder, exist_ok=True)
                    open(f"{folder}/{n}.txt", "w").write(f"Headline {n}\\n\\nThe text of number {n} says {n * 7919}.\\n")
                """
            _ = try machine.run(URL(filePath: "/usr/bin/env"), ["python3", "-c", script])
            for verb in verbs { peaks[verb[0], default: []].append(try peak(machine, verb)) }
        }
        for verb in verbs.map({ $0[0] }) {
            let kilobytes = try #require(peaks[verb])
            print("peak memory of \(verb): \(kilobytes.map { $0 / 1024 }) MB for 1,000 and 10,000 captures")
            // A bundle holds at most 50,000 lines, and what is known of one bundle is in memory: that grows up to there.
            let room = ["snapshot", "restore"].contains(verb) ? 150_000 : 60_000
            #expect(kilobytes[1] <= kilobytes[0] + room, "\(verb): \(kilobytes) kB")
            #expect(kilobytes[1] <= 300 * 1024, "\(verb): \(kilobytes) kB")
        }
    }

    @Test("a payload of 300 MB goes in, comes out and is moved with little memory")
    func largePayload() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.shell("head -c 150000000 /dev/urandom > video.bin; truncate -s 300000000 video.bin")
        let name = String(try machine.shell("sha256sum < video.bin").text.prefix(64))
        for arguments in [
            ["capture", "video.bin", "--quiet", "--archive", "press"], ["verify", "--archive", "press"],
            ["gc", "--all", "--archive", "press"], ["export", "--files", "files", "--archive", "press"],
            ["cat", name, "--archive", "press"],
        ] {
            let kilobytes = try peak(machine, arguments)
            print("peak memory of \(arguments[0]) with 300 MB in one payload: \(kilobytes / 1024) MB")
            #expect(kilobytes < 200 * 1024, "\(arguments[0]): \(kilobytes) kB")
        }
        #expect(try machine.shell("cmp out video.bin").exit == 0)
        #expect(
            try machine.shell("find files -type f -size +200M -exec cmp {} video.bin ';' -print | grep -c .").text
                == "1\n")
    }
}

import Foundation
import Models
import Testing

@Suite("Custody and notes")
struct RemarkTests {
    private func archive(on machine: Machine) throws -> String {
        try machine.stet("init", "press")
        try machine.write(Story.page(), to: "in/bridge.html")
        let run = try machine.stet("capture", "in", "--archive", "press", "--json")
        let name = try #require(try run.lines.first?["capture"]?.string)
        return String(name.prefix { $0 != ":" })
    }

    private func custody(_ machine: Machine, _ archive: String, _ what: String...) throws -> [JSON] {
        try machine.run(Machine.stet, ["log"] + what + ["--custody", "--json", "--archive", archive]).lines
    }

    @Test("notes and tags are shown beside their capture, and tags find it")
    func notes() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        let name = "\(origin):1"
        let evil = "disputed by\u{1B}[31m the council \u{202E}"
        #expect(
            try machine.stet("note", name, evil, "--tag", "disputed", "--tag", "خبر", "--archive", "press").exit == 0)
        #expect(try machine.stet("note", name, "--untag", "خبر", "--archive", "press").exit == 0)
        let capture = try machine.stet("log", "bridge", "--archive", "press", "--json").lines[0]["captures"]?.array?[0]
        #expect(capture?["notes"]?.array?.count == 2 && capture?["notes"]?.array?[0]["text"]?.string == evil)
        #expect(capture?["tags"]?.array == ["disputed"])
        let log = try machine.stet("log", "bridge", "--archive", "press")
        #expect(log.text.contains("disputed by\u{FFFD}[31m the council") && !log.text.contains("\u{1B}"))
        let show = try machine.stet("show", "bridge", "--archive", "press")
        #expect(show.errors.contains("disputed by") && !show.text.contains("disputed by"))
        #expect(
            try machine.stet("show", "bridge", "--archive", "press", "--json").lines[0]["tags"]?.array == ["disputed"])
        let tagged = try machine.stet("articles", "--tag", "disputed", "--archive", "press", "--json")
        #expect(try tagged.lines.first?["tagged"]?.array == [.string(name)])
        #expect(try machine.stet("articles", "--tag", "خبر", "--archive", "press", "--json").lines.isEmpty)
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
    }

    @Test("notes on another origin's captures are this archive's own, and travel with it")
    func elsewhere() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        try machine.stet("snapshot", "--archive", "press")
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        #expect(try machine.stet("note", "\(origin):1", "seen", "--archive", "copy").exit == 0)
        #expect(try machine.stet("log", "bridge", "--archive", "copy").text.contains("seen"))
        #expect(!(try machine.stet("log", "bridge", "--archive", "press").text.contains("seen")))
        try machine.stet("snapshot", "--archive", "copy")
        #expect(try machine.stet("restore", "copy", "third").exit == 0)
        #expect(try machine.stet("log", "bridge", "--archive", "third").text.contains("seen"))
        #expect(try machine.stet("reindex", "--archive", "third").exit == 0)
        #expect(try machine.stet("log", "bridge", "--archive", "third").text.contains("seen"))
    }

    @Test("notes that say nothing, too much, or name no capture are refused")
    func refusedNotes() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        func exit(_ arguments: String...) throws -> Int32 {
            try machine.run(Machine.stet, ["note", "--archive", "press"] + arguments).exit
        }
        #expect(try exit("\(origin):1") == 64)
        #expect(try exit("\(origin):1", "") == 64)
        #expect(try exit("\(origin):1", "x", "--tag", "a b") == 64)
        #expect(try exit("\(origin):1", "--tag", "a", "--untag", "a") == 64)
        #expect(try exit("\(origin):1", String(repeating: "x", count: 16_385)) == 64)
        #expect(try exit("\(origin):0", "x") == 66)
        #expect(try exit("\(origin):9", "x") == 66)
        #expect(try exit("bridge", "x") == 64)
        #expect(try machine.stet("stats", "--archive", "press", "--json").lines.last?["size"]?.integer == 2)
    }

    @Test("restore, export and repair are recorded, with no path of this machine")
    func custodyRecords() throws {
        let machine = try Machine()
        let origin = try archive(on: machine)
        try machine.stet("snapshot", "--archive", "press")
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        try machine.stet("snapshot", "--archive", "copy")
        #expect(try machine.stet("export", "--files", "out/pages", "--archive", "copy").exit == 0)
        try machine.shell(
            "for pack in $(ls -S copy/packs/*.pack | head -1); do printf '\\377' | dd of=$pack bs=1 seek=300 conv=notrunc status=none; done; mkdir rest; mv copy/archive rest"
        )
        let repair = try machine.stet("repair", machine.path("press"), "rest", "--archive", "copy", "--json")
        #expect(repair.exit == 0, "\(repair.text) \(repair.errors)")

        let all = try custody(machine, "copy")
        #expect(all.compactMap { $0["action"]?.string } == ["restore", "export", "repair"])
        #expect(all[0]["place"]?.string == "press" && all[0]["size"]?.integer == 2)
        #expect(all[1]["place"]?.string == "pages" && all[1]["captures"]?.integer == 1)
        #expect(all[2]["places"]?.array == ["press"] && (all[2]["objects"]?.integer ?? 0) > 0)
        #expect(all.allSatisfy { $0["by"]?["fingerprint"]?.string?.hasPrefix("SHA256:") == true })
        let chain = try custody(machine, "copy", "\(origin):1")
        #expect(chain.compactMap { $0["action"]?.string } == ["capture", "restore", "export", "repair"])
        #expect(try custody(machine, "copy", "bridge").count == 4)
        let text = try machine.stet("log", "--custody", "--archive", "copy").text
        #expect(text.contains("restored records 0 to 1") && text.contains("from press"))
        #expect(!text.contains(machine.folder.path))
        #expect(try custody(machine, "press").isEmpty)
    }

    @Test("a repair with nothing to do is no custody")
    func rest() throws {
        let machine = try Machine()
        _ = try archive(on: machine)
        #expect(try machine.stet("repair", "--archive", "press").exit == 0)
        #expect(try custody(machine, "press").isEmpty)
        #expect(try machine.stet("log", "--archive", "press").exit == 64)
    }
}

import Foundation
import Models
import Testing

@Suite("One changed byte is found and named")
struct TamperingTests {
    /// An archive with two snapshots of a few small captures.
    private func machine() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 1...2 {
            try machine.write(Story.page(headline: "Headline number \(number) of the day"), to: "in/story.html")
            try machine.write(Story.text(), to: "in/text.txt")
            try machine.stet("capture", "in", "--archive", "press")
            try machine.stet("snapshot", "--archive", "press")
        }
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
        return machine
    }

    @Test(
        "verify names the file",
        arguments: [
            ("packs", ".pack", [13]), ("archive", ".tar.zst", [13]), ("archive", ".json", [12, 13]),
            ("archive", ".sig", [12]),
            ("manifests", ".json", [12, 13]), ("manifests", ".sig", [12]), ("state", "heads.json", [12, 13]),
        ])
    func verifyFindsIt(folder: String, suffix: String, exits: [Int32]) throws {
        let machine = try machine()
        let files = try machine.files(below: "press/\(folder)", suffix: suffix)
        try #require(!files.isEmpty)
        for file in files {
            let original = try machine.read(file)
            for step in 0..<12 {
                let offset = step == 11 ? original.count - 1 : original.count * step / 11
                try machine.flip(file, at: min(offset, original.count - 1))
                let run = try machine.stet("verify", "--archive", "press")
                #expect(exits.contains(run.exit), "\(file) at \(offset): exit \(run.exit) \(run.text) \(run.errors)")
                let name = (file as NSString).lastPathComponent
                let stem = name.replacingOccurrences(of: ".sig", with: "").replacingOccurrences(of: ".json", with: "")
                #expect((run.text + run.errors).contains(stem), "\(file) at \(offset): \(run.text) \(run.errors)")
                try original.write(to: machine.folder.appending(path: file))
            }
        }
        #expect(try machine.stet("verify", "--archive", "press").exit == 0)
    }

    @Test(
        "restore refuses, and leaves nothing behind",
        arguments: [
            ("archive", ".tar.zst"), ("archive", ".json"), ("archive", ".sig"), ("manifests", ".json"),
            ("manifests", ".sig"),
        ])
    func restoreRefuses(folder: String, suffix: String) throws {
        let machine = try machine()
        let files = try machine.files(below: "press/\(folder)", suffix: suffix)
        try #require(!files.isEmpty)
        for file in files {
            let original = try machine.read(file)
            for step in 0..<8 {
                let offset = original.count * step / 8
                try machine.flip(file, at: offset)
                let run = try machine.stet("restore", "press", "copy")
                #expect([12, 13].contains(run.exit), "\(file) at \(offset): exit \(run.exit) \(run.errors)")
                let left = try FileManager.default.contentsOfDirectory(atPath: machine.folder.path)
                    .filter { !$0.hasPrefix(".out") && !$0.hasPrefix(".err") }
                #expect(Set(left) == ["home", "in", "press"], "\(left)")
                try original.write(to: machine.folder.appending(path: file))
            }
        }
    }

    @Test(
        "a file that is missing from the remote is named",
        arguments: [
            ("archive", ".tar.zst", [13]), ("archive", ".json", [13]), ("archive", ".json.sig", [12]),
            ("manifests", "-1.json.sig", [12]), ("manifests", "-2.json", [13]),
        ])
    func missing(folder: String, suffix: String, exits: [Int32]) throws {
        let machine = try machine()
        let file = try #require(try machine.files(below: "press/\(folder)", suffix: suffix).first)
        try FileManager.default.removeItem(atPath: machine.path(file))
        let verify = try machine.stet("verify", "--archive", "press")
        #expect(exits.contains(verify.exit), "\(verify.text) \(verify.errors)")
        let restore = try machine.stet("restore", "press", "copy")
        #expect(exits.contains(restore.exit), "\(restore.errors)")
    }

    @Test("a truncated pack is found, and what other packs hold is still served")
    func truncatedPack() throws {
        let machine = try machine()
        let packs = try machine.files(below: "press/packs", suffix: ".pack")
        let largest = try #require(try packs.max { try machine.read($0).count < machine.read($1).count })
        let bytes = try machine.read(largest)
        try bytes.prefix(bytes.count / 2).write(to: machine.folder.appending(path: largest))
        let run = try machine.stet("verify", "--archive", "press", "--json")
        #expect(run.exit == 13)
        let named = try run.lines.flatMap { $0["articles"]?.array ?? [] }
        #expect(!named.isEmpty)
        #expect(try machine.stet("articles", "--archive", "press").exit == 0)
    }

    @Test("reading a damaged object is an error that names the pack and the article")
    func damagedRead() throws {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(Story.page(), to: "story.html")
        try machine.stet("capture", "story.html", "--url", "https://post.example/bridge", "--archive", "press")
        for file in try machine.files(below: "press/packs", suffix: ".pack") {
            let size = try machine.read(file).count
            for offset in stride(from: 150, to: size, by: 1) where offset % 7 == 0 {
                try machine.flip(file, at: offset)
            }
        }
        let run = try machine.stet("show", "bridge", "--raw", "--archive", "press")
        #expect(run.exit == 13)
        #expect(run.errors.contains(".pack"))
        #expect(run.errors.contains("post.example/bridge"))
    }
}

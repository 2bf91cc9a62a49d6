import Diffing
import Foundation
import Testing

@Suite("Unified diffs")
struct UnifiedDiffTests {
    @Test("a change is shown with its context, as diff -u shows it")
    func format() {
        let lines = (1...12).map { "line \($0)" }
        var changed = lines
        changed[5] = "line six"
        #expect(
            UnifiedDiff.text(fromLines: lines, to: changed, nameBefore: "a@1", nameAfter: "a@2") == """
                --- a@1
                +++ a@2
                @@ -3,7 +3,7 @@
                 line 3
                 line 4
                 line 5
                -line 6
                +line six
                 line 7
                 line 8
                 line 9

                """)
    }

    @Test("texts that are the same give nothing")
    func nothing() {
        #expect(UnifiedDiff.text(from: "", to: "", nameBefore: "a", nameAfter: "b").isEmpty)
        #expect(UnifiedDiff.text(from: "x\r\ny", to: "x\r\ny", nameBefore: "a", nameAfter: "b").isEmpty)
    }

    @Test("changes six lines apart share a hunk, seven lines apart they do not")
    func hunks() {
        let lines = (1...20).map { "line \($0)" }
        func hunks(second: Int) -> Int {
            var changed = lines
            changed[2] = "first"
            changed[second] = "second"
            let diff = UnifiedDiff.text(fromLines: lines, to: changed, nameBefore: "a", nameAfter: "b")
            return diff.split(separator: "\n").count { $0.hasPrefix("@@") }
        }
        #expect(hunks(second: 9) == 1)
        #expect(hunks(second: 10) == 2)
    }

    @Test("a line feed that is missing at the end is told")
    func noNewline() {
        #expect(
            UnifiedDiff.text(from: "a\n", to: "a", nameBefore: "x", nameAfter: "y")
                == "--- x\n+++ y\n@@ -1 +1 @@\n-a\n+a\n\\ No newline at end of file\n")
        #expect(
            UnifiedDiff.text(from: "", to: "a\n", nameBefore: "x\ny", nameAfter: "y")
                == "--- x_y\n+++ y\n@@ -0,0 +1 @@\n+a\n")
    }

    @Test("patch makes the second text of the first", arguments: 0..<40)
    func applies(seed: Int) throws {
        var random = SeededGenerator(UInt64(seed) &+ 77)
        let before = Self.text(&random)
        let after = seed % 7 == 0 ? Self.text(&random) : Self.edited(before, &random)
        let context = seed % 5 == 0 ? 0 : 3
        let diff = UnifiedDiff.text(
            from: before, to: after, nameBefore: "before", nameAfter: "after", context: context)
        guard before != after else {
            #expect(diff.isEmpty)
            return
        }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("unified-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let (file, patch) = (folder.appendingPathComponent("text"), folder.appendingPathComponent("patch"))
        try Data(before.utf8).write(to: file)
        try Data(diff.utf8).write(to: patch)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["patch", "--silent", "--fuzz=0", "--binary", "-i", patch.path, file.path]
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(try [UInt8](Data(contentsOf: file)) == Array(after.utf8))
    }

    private static let lines = [
        "", " ", "- item", "+ more", "-- a", "++ b", "@@ -1 +1 @@", "\\ No newline at end of file", "## Heading",
        "> quoted",
        "The ferry left at dawn.", "وصلت السفينة", "船は港に着いた。", "האונייה", "tab\tinside", "carriage\rreturn", "end\r",
        "--- name", "+++ name", "diff", "Index: x", "...",
    ]

    private static func text(_ random: inout SeededGenerator) -> String {
        let count = Int.random(in: 0...40, using: &random)
        let text = (0..<count).map { _ in lines.randomElement(using: &random) ?? "" }.joined(separator: "\n")
        return Bool.random(using: &random) ? text + "\n" : text
    }

    private static func edited(_ text: String, _ random: inout SeededGenerator) -> String {
        var parts = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for _ in 0..<Int.random(in: 0...5, using: &random) {
            let at = Int.random(in: parts.indices, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: parts.insert(lines.randomElement(using: &random) ?? "", at: at)
            case 1 where parts.count > 1: parts.remove(at: at)
            default: parts[at] = lines.randomElement(using: &random) ?? ""
            }
        }
        return parts.joined(separator: "\n")
    }
}

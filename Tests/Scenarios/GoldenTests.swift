import Foundation
import Models
import Testing

@Suite("Remotes of every format there was")
struct GoldenTests {
    /// Each was made by `scripts/make-golden` when its format was current, and is never made anew.
    @Test("restore, with a record of every kind", arguments: ["1"])
    func restores(format: String) throws {
        let machine = try Machine()
        let golden = Machine.repository.appending(path: "Tests/Golden/\(format)")
        try machine.write(
            try Data(contentsOf: golden.appending(path: "allowed_signers")), to: "home/.config/stet/allowed_signers")
        let restored = try machine.stet("restore", golden.path, "copy", "--json")
        #expect(restored.exit == 0, "\(restored.errors)")
        let verified = try machine.stet("verify", "--archive", "copy", "--json")
        #expect(verified.exit == 0)
        #expect(try verified.summary["captures"]?.integer == 2)
        #expect(try verified.summary["snapshots"]?.integer == 4)
        #expect(try verified.summary["withheld"]?.integer == 1)

        let log = try machine.stet("log", "https://golden.example/quay", "--archive", "copy").text
        #expect(log.contains("@2") && log.contains("Seen by two of us.") && log.contains("checked"))
        let diff = try machine.stet("diff", "https://golden.example/quay", "--archive", "copy", "--json")
        #expect(try diff.lines.contains { $0["kind"]?.string == "figure" })
        let custody = try machine.stet("log", "--custody", "--archive", "copy").text
        #expect(custody.contains("restored records") && custody.contains("a source asked"))
        let snapshots = try machine.stet("snapshots", "--check", "--archive", "copy", "--json")
        #expect(snapshots.exit == 0)
        #expect(try snapshots.summary["proofs"]?.integer == 2)
        #expect(try snapshots.summary["witnessed"]?.integer == 1)
        #expect(try machine.stet("show", "https://golden.example/private", "--archive", "copy").exit == 66)
    }
}

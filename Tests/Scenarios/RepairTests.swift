import Foundation
import Models
import Testing

@Suite("Repairing")
struct RepairTests {
    /// An archive `press` with two snapshots, and a copy of what a remote holds in `stick`.
    private func machine() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        for number in 1...2 {
            try machine.write(Story.page(headline: "Headline number \(number) of the day"), to: "in/story.html")
            try machine.write(Story.text() + "Seen \(number) times.\n", to: "in/text.txt")
            try machine.stet("capture", "in", "--archive", "press")
            try machine.stet("snapshot", "--archive", "press")
        }
        try machine.shell("mkdir stick; cp -r press/archive press/manifests stick/")
        return machine
    }

    @Test(
        "files of snapshots that are damaged or missing come back from a folder that has them",
        arguments: [
            ("archive", ".tar.zst"), ("archive", ".json"), ("archive", ".json.sig"), ("manifests", "-1.json"),
            ("manifests", "-2.json"), ("manifests", "-1.json.sig"), ("manifests", "-2.json.sig"),
        ], [false, true])
    func files(kind: (folder: String, suffix: String), isMissing: Bool) throws {
        let machine = try machine()
        for file in try machine.files(below: "press/\(kind.folder)", suffix: kind.suffix) {
            let original = try machine.read(file)
            if isMissing {
                try FileManager.default.removeItem(atPath: machine.path(file))
            } else {
                try machine.flip(file, at: original.count / 2)
            }
            #expect(try [12, 13].contains(machine.stet("verify", "--archive", "press").exit), "\(file)")
            let alone = try machine.stet("repair", "--archive", "press")
            #expect([12, 13].contains(alone.exit), "\(file): \(alone.text)")
            let run = try machine.stet("repair", "stick", "--archive", "press")
            #expect(run.exit == 0, "\(file): \(run.text) \(run.errors)")
            #expect(run.text.contains("put back"), "\(run.text)")
            #expect(try machine.read(file) == original, "\(file)")
            #expect(try machine.stet("verify", "--archive", "press").exit == 0)
        }
    }

    @Test("everything that snapshots are made of comes back at once, and with it what packs lost")
    func everything() throws {
        let machine = try machine()
        try machine.shell(
            """
            rm -r press/archive press/manifests; mkdir press/archive press/manifests
            pack=$(ls -S press/packs/*.pack | head -1); rm $pack
            """)
        let run = try machine.stet("repair", "stick", "--archive", "press", "--json")
        #expect(run.exit == 0, "\(run.text) \(run.errors)")
        #expect(try run.lines.count { $0["status"]?.string == "restored" } == 6)
        #expect(try (run.summary["recovered"]?.integer ?? 0) > 0)
        #expect(try run.summary["captures"]?.integer == 4)
        #expect(try machine.stet("restore", "press", "copy").exit == 0)
        let again = try machine.stet("repair", "--archive", "press")
        #expect(again.exit == 0 && again.text.contains("nothing had to be put back"), "\(again.text)")
    }

    @Test("nothing is taken that does not fit: changed files, another key's, another archive's")
    func misfits() throws {
        let machine = try machine()
        // Another archive of the same user, and a stranger's copy of the stick, signed anew.
        try machine.stet("init", "other")
        try machine.stet("capture", "in", "--archive", "other")
        try machine.stet("snapshot", "--archive", "other")
        let manifest = try #require(try machine.files(below: "press/manifests", suffix: "-1.json").first)
        let bundle = try #require(try machine.files(below: "press/archive", suffix: ".tar.zst").first)
        let name = (manifest as NSString).lastPathComponent
        let bundleName = (bundle as NSString).lastPathComponent
        try machine.shell(
            """
            rm \(manifest) \(manifest).sig \(bundle)
            cp -r stick changed
            sed -i 's/"created":"2/"created":"1/' changed/manifests/\(name)
            printf 'x' | dd of=changed/archive/\(bundleName) bs=1 seek=200 conv=notrunc status=none
            cp -r changed strange; ssh-keygen -q -t ed25519 -N '' -f stranger
            rm strange/manifests/\(name).sig; ssh-keygen -q -Y sign -f stranger -n stet-manifest strange/manifests/\(name)
            mkdir -p mixed/manifests mixed/archive
            cp other/manifests/*-1.json mixed/manifests/\(name); cp other/manifests/*-1.json.sig mixed/manifests/\(name).sig
            cp other/archive/*.tar.zst mixed/archive/\(bundleName)
            """)
        func kept() throws -> [String] {
            try machine.files(below: "press").filter { file in
                !["catalog", "tracking", "lock"].contains { file.contains($0) }
            }
        }
        let before = try kept()
        for folder in ["changed", "strange", "mixed", "other"] {
            let run = try machine.stet("repair", folder, "--archive", "press")
            #expect([12, 13].contains(run.exit), "\(folder): \(run.text)")
            #expect(!run.text.contains("put back  "), "\(folder): \(run.text)")
        }
        let after = try kept()
        #expect(after == before)
        #expect(try machine.stet("repair", "changed", "strange", "stick", "--archive", "press").exit == 0)
        #expect(try machine.stet("repair", "nowhere", "--archive", "press").exit == 66)
    }
}

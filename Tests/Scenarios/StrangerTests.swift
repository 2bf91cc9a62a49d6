import Foundation
import Models
import Testing

@Suite("What a stranger checks without stet")
struct StrangerTests {
    private func packed() throws -> Machine {
        let machine = try Machine()
        try machine.stet("init", "press")
        try machine.write(Story.page(), to: "in/سلام.html")
        try machine.write(Story.text(), to: "in/bridge.txt")
        try machine.write(Data([0xFF, 0xFE, 0x00, 0x80] + [UInt8](repeating: 7, count: 300)), to: "in/odd.bin")
        #expect(try machine.stet("capture", "in", "--archive", "press").exit == 0)
        #expect(try machine.stet("snapshot", "--archive", "press").exit == 0)
        try machine.write(try machine.stet("key", "show", "--quiet").output, to: "key.pub")
        try machine.shell(
            "echo \"desk namespaces=\\\"stet-manifest,stet-bundle\\\" $(cut -d' ' -f1,2 key.pub)\" > allowed_signers")
        return machine
    }

    @Test("ssh-keygen accepts the manifest and the packing list, each in its own namespace only")
    func signatures() throws {
        let machine = try packed()
        let documents = try machine.files(below: "press", suffix: ".json").filter {
            $0.hasPrefix("press/manifests") || $0.hasPrefix("press/archive")
        }
        #expect(documents.count == 2)
        for document in documents {
            let own = document.hasPrefix("press/manifests") ? "stet-manifest" : "stet-bundle"
            for namespace in ["stet-manifest", "stet-bundle"] {
                let check = try machine.shell(
                    "ssh-keygen -Y verify -f allowed_signers -I desk -n \(namespace) -s \(document).sig < \(document)")
                #expect((check.exit == 0) == (namespace == own), "\(document) \(namespace) \(check.errors)")
            }
        }
    }

    @Test("sha256sum, tar and bagit.py accept the bundle, and every payload is the original file")
    func bundle() throws {
        let machine = try packed()
        let list = try #require(try machine.files(below: "press/archive", suffix: ".json").first)
        let json = try JSON(parsing: Array(try machine.read(list).dropLast()))
        let sha256 = try #require(json["sha256"]?.string)
        let file = try #require(json["file"]?.string)
        #expect(try machine.shell("sha256sum press/archive/\(file)").text.hasPrefix(sha256))
        let opened = try machine.shell(
            "mkdir bag && tar --zstd -xf press/archive/\(file) -C bag && cd bag && sha256sum --quiet -c manifest-sha256.txt tagmanifest-sha256.txt"
        )
        #expect(opened.exit == 0, "\(opened.errors)")
        for original in try machine.files(below: "in") {
            let digest = ObjectID(hashing: Array(try machine.read(original))).description
            #expect(try machine.read("bag/data/objects/\(digest.prefix(2))/\(digest)") == machine.read(original))
        }
        let bagit = Machine.repository.appending(path: ".build-tools/bin/bagit.py")
        try #require(FileManager.default.isExecutableFile(atPath: bagit.path), "scripts/test installs bagit.py")
        let valid = try machine.run(bagit, ["--validate", machine.path("bag")])
        #expect(valid.exit == 0, "\(valid.errors)")
    }

    @Test("the same captures give the same tar stream, whatever the machine's locale and mask")
    func deterministic() throws {
        let machine = try packed()
        let bundle = try #require(try machine.files(below: "press/archive", suffix: ".tar.zst").first)
        let listing = try machine.shell("zstd -dc \(bundle) | tar -tv --numeric-owner --full-time")
        #expect(listing.exit == 0)
        let lines = listing.text.split(separator: "\n")
        #expect(lines.count > 8)
        #expect(lines.allSatisfy { $0.hasPrefix("-rw-r--r-- 0/0") && $0.contains("1970-01-01 00:00:00") })
    }
}

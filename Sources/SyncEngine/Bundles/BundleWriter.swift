internal import Models
internal import Storage

/// Packs a range of a log and the objects it needs into one bundle: a BagIt 1.0 bag (RFC 8493) in a `.tar.zst`.
struct BundleWriter {
    let archive: Archive
    let tool: String

    /// What goes into a bundle: known by hash and size before a byte is written, so that the bag's own manifest comes first.
    struct Contents {
        let range: Range<Int>
        let log: [UInt8]
        let objects: [(id: ObjectID, size: Int)]
        /// Those of the objects that are payloads, with what they are of.
        let payloads: [PlannedObject]
        /// Lines that come without their details, because they were withdrawn.
        let withheld: [Int]
        /// Lines that come without their details, because they were not chosen.
        let leftOut: [Range<Int>]

        var payloadBytes: Int { objects.reduce(log.count + BagIt.readme.count) { $0 + $1.size } }
    }

    /// Writes the bundle under its final name, durably.
    func write(
        _ contents: Contents, created: Timestamp, to folder: String, stem: String, base: [UInt8] = []
    ) throws(SyncError) -> PackedBundle {
        let path = "\(folder)/\(stem).tar.zst"
        let temporary = Files.temporaryName(beside: path)
        do {
            let tar = try TarWriter(
                to: try syncFile { () throws(FileError) in try OpenFile(creating: temporary) }, level: 9,
                base: base)
            for (name, bytes) in BagIt.tags(contents, stem: stem, created: created, tool: tool) {
                try tar.add(name, bytes)
            }
            try tar.add(BagIt.readmeName, BagIt.readme)
            try tar.add(BagIt.logName, contents.log)
            for object in contents.objects {
                try tar.add(BagIt.name(of: object.id), size: object.size) { write throws(SyncError) in
                    try copy(object.id, write)
                }
            }
            let done = try tar.finish()
            try syncFile { () throws(FileError) in
                try Files.rename(temporary, to: path)
                try Files.syncFolder(folder)
            }
            return PackedBundle(
                sha256: done.sha256, bytes: done.bytes, contentBytes: done.contentBytes, objects: contents.objects.count
            )
        } catch {
            do throws(FileError) { try Files.remove(temporary) } catch { throw .file(error) }
            throw error
        }
    }
}

extension BundleWriter {
    private func copy(_ id: ObjectID, _ write: ([UInt8]) throws(SyncError) -> Void) throws(SyncError) {
        var failure: SyncError?
        try syncArchive { () throws(ArchiveError) in
            try archive.stream(id) { part in
                guard failure == nil else { return }
                do throws(SyncError) { try write(part) } catch { failure = error }
            }
        }
        if let failure { throw failure }
    }
}

/// A bundle that lies on the disk.
struct PackedBundle {
    let sha256: ObjectID
    let bytes: Int
    let contentBytes: Int
    let objects: Int
}

/// The files of a bag, and what they say.
enum BagIt {
    static let readmeName = "data/README.txt"
    static let logName = "data/log.jsonl"
    static let manifestName = "manifest-sha256.txt"
    static let tagManifestName = "tagmanifest-sha256.txt"
    static let declarationName = "bagit.txt"
    static let infoName = "bag-info.txt"

    static let declaration = Array("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".utf8)

    static func name(of object: ObjectID) -> String {
        let text = object.description
        return "data/objects/\(text.prefix(2))/\(text)"
    }

    /// The object that an entry's name names; nil for any other name.
    static func object(named name: String) -> ObjectID? {
        guard let id = ObjectID(name.split(separator: "/").last ?? ""), self.name(of: id) == name else { return nil }
        return id
    }

    static func tags(
        _ contents: BundleWriter.Contents, stem: String, created: Timestamp, tool: String
    ) -> [(String, [UInt8])] {
        let manifest = Self.manifest(contents)
        let info = """
            Bag-Software-Agent: \(tool)
            Bagging-Date: \(created.description.prefix(10))
            External-Identifier: \(stem)
            Payload-Oxum: \(contents.payloadBytes).\(contents.objects.count + 2)

            """ + withheld(contents)
        let tags = [(declarationName, declaration), (infoName, Array(info.utf8)), (manifestName, manifest)]
        let tagManifest = tags.map { "\(ObjectID(hashing: $0.1))  \($0.0)\n" }.joined()
        return tags + [(tagManifestName, Array(tagManifest.utf8))]
    }

    /// For people; the packing list says it for programs. Values are kept short: old readers wrap long lines.
    private static func withheld(_ contents: BundleWriter.Contents) -> String {
        contents.withheld.map { "Withheld-Record: \($0)\n" }.joined()
            + contents.leftOut.map { "Left-Out-Records: \($0.lowerBound)-\($0.upperBound - 1)\n" }.joined()
    }

    static func manifest(_ contents: BundleWriter.Contents) -> [UInt8] {
        var text = "\(ObjectID(hashing: readme))  \(readmeName)\n\(ObjectID(hashing: contents.log))  \(logName)\n"
        for object in contents.objects { text += "\(object.id)  \(name(of: object.id))\n" }
        return Array(text.utf8)
    }

    /// Fixed text: it is part of the format, so that a bundle can be made again to the byte.
    static let readme = Array(
        """
        This is an archive of web pages and texts, made with stet (format 1). No special program is needed to read it.

        log.jsonl      One line per record, oldest first, as the archive's owner wrote them. "detail" is the name of a file
                       in objects/ that says what the record is about.
        objects/       Files named by their own SHA-256, sorted into folders by the first two digits. "sha256sum FILE"
                       gives the name back, for every one of them.

        To find a page: look up the "detail" of a line whose kind is "capture", for example
            objects/ab/abcd...
        It is a line of JSON that says which address was captured ("url"), when ("capturedAt"), and which object holds
        the page exactly as it was received ("payload", its type in "mediaType").

        To check that nothing was changed:
            sha256sum -c manifest-sha256.txt          in the folder that holds bagit.txt
        and, that this bundle is what its owner signed, in the folder where the bundle lay ("archive"):
            sha256sum BUNDLE.tar.zst                  must be the "sha256" in BUNDLE.json
            ssh-keygen -Y verify -f allowed_signers -I NAME -n stet-bundle -s BUNDLE.json.sig < BUNDLE.json
        where allowed_signers holds a public key that you have from its owner by another way.

        """.utf8)
}

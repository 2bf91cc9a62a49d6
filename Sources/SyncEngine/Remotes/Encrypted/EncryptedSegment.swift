internal import Models

/// What an encrypted remote's listing says of one logical file: the last word of one writer about one name.
struct EncryptedEntry: Hashable, Sendable {
    enum Place: Hashable, Sendable {
        case removed
        /// In the segment that says so, so many bytes after its head.
        case inside(offset: Int)
        /// A file of its own, by its name on the remote and its size there.
        case file(String, stored: Int)
    }

    let name: String
    /// One more than the greatest that the writer had seen: of two entries with one name the greater counts.
    let sequence: Int
    /// Breaks ties.
    let writer: String
    let place: Place
    /// Of the content, without padding.
    let bytes: Int
    let sha256: ObjectID

    func isNewer(than other: EncryptedEntry) -> Bool { (sequence, writer) > (other.sequence, other.writer) }

    fileprivate var json: JSON {
        var members: [JSON.Member] = [
            .init("name", .string(name)), .init("sequence", JSON(sequence)), .init("writer", .string(writer)),
        ]
        switch place {
        case .removed: members.append(.init("removed", true))
        case .inside(let offset): members.append(.init("offset", JSON(offset)))
        case .file(let file, let stored): members += [.init("file", .string(file)), .init("stored", JSON(stored))]
        }
        if place != .removed {
            members += [.init("bytes", JSON(bytes)), .init("sha256", .string(sha256.description))]
        }
        return .object(members)
    }

    fileprivate init(_ json: JSON) throws(FormatError) {
        let fields = try Fields(json, of: EncryptedSegment.document)
        try fields.allow(only: ["bytes", "file", "name", "offset", "removed", "sequence", "sha256", "stored", "writer"])
        name = try fields.string("name")
        guard EncryptedName.isLogical(name) else { throw fields.wrong("name") }
        sequence = try fields.integer("sequence")
        guard sequence < 1 << 50 else { throw fields.wrong("sequence") }
        writer = try fields.string("writer")
        if fields.optional("removed") != nil {
            place = .removed
            bytes = 0
            sha256 = ObjectID(hashing: [UInt8]())
            return
        }
        if fields.optional("offset") != nil {
            place = .inside(offset: try fields.integer("offset"))
        } else {
            let file = try fields.string("file")
            guard EncryptedName.id(of: file, in: "archive", ending: ".age") != nil else { throw fields.wrong("file") }
            place = .file(file, stored: try fields.integer("stored"))
        }
        bytes = try fields.integer("bytes")
        sha256 = try fields.objectID("sha256")
    }

    init(name: String, sequence: Int, writer: String, place: Place, bytes: Int = 0, sha256: ObjectID? = nil) {
        self.name = name
        self.sequence = sequence
        self.writer = writer
        self.place = place
        self.bytes = bytes
        self.sha256 = sha256 ?? ObjectID(hashing: [UInt8]())
    }
}

/// A piece of an encrypted remote's listing, written once: what one writer did, and the small files that it wrote.
///
/// In the file, before encryption: canonical JSON, a newline, the small files one after another, and zeros.
struct EncryptedSegment: Sendable {
    static let document = "segment of an encrypted remote"
    static let format: Int64 = 1
    /// No segment is larger; a bundle of small files that would be is written in several.
    static let mostBytes = 64 << 20

    var entries: [EncryptedEntry]
    /// The segments that were there when it was written: one that has gone since without being replaced was taken away.
    var seen: [String]
    /// The segments whose entries it holds, or that such a one replaced.
    var replaced: [String]

    func encoded(content: [UInt8]) -> [UInt8] {
        let head = JSON.object([
            .init("entries", .array(entries.map(\.json))), .init("format", .integer(Self.format)),
            .init("replaced", .array(replaced.map { .string($0) })), .init("seen", .array(seen.map { .string($0) })),
        ])
        let bytes = head.canonicalBytes + [UInt8(ascii: "\n")] + content
        return bytes + [UInt8](repeating: 0, count: Padding.size(of: bytes.count) - bytes.count)
    }

    /// The segment, and all that follows its head.
    static func parse(_ bytes: [UInt8]) throws(FormatError) -> (EncryptedSegment, content: [UInt8]) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else {
            throw FormatError(document: document, problem: "its head has no end")
        }
        let content = Array(bytes[(end + 1)...])
        let fields = try Fields(canonical: Array(bytes[..<end]), of: document, format: format)
        try fields.allow(only: ["entries", "format", "replaced", "seen"])
        let entries = try fields.list("entries").map { item throws(FormatError) in try EncryptedEntry(item) }
        for entry in entries {
            guard case .inside(let offset) = entry.place else { continue }
            guard offset <= content.count, entry.bytes <= content.count - offset else { throw fields.wrong("offset") }
        }
        return (
            EncryptedSegment(entries: entries, seen: try ids(fields, "seen"), replaced: try ids(fields, "replaced")),
            content
        )
    }

    private static func ids(_ fields: Fields, _ name: String) throws(FormatError) -> [String] {
        try fields.list(name).map { item throws(FormatError) in
            guard let text = item.string, EncryptedName.isID(text) else { throw fields.wrong(name) }
            return text
        }
    }
}

/// What files are called on an encrypted remote.
enum EncryptedName {
    static let marker = "manifests/encrypted.json"
    static let key = "manifests/key.age"
    static let signingKey = "manifests/signing-key.age"
    static let signers = "manifests/allowed_signers"

    static func segment(_ id: String) -> String { "manifests/\(id).age" }
    static func stub(_ id: String) -> String { "manifests/\(id).sha256" }
    static func file(_ id: String) -> String { "archive/\(id).age" }

    static func isID(_ text: some StringProtocol) -> Bool {
        text.utf8.count == 32
            && text.utf8.allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 >= 0x61 && $0 <= 0x66) }
    }

    /// `FOLDER/ID` and the ending.
    static func id(of name: String, in folder: String, ending: String) -> String? {
        guard name.hasPrefix(folder + "/"), name.hasSuffix(ending) else { return nil }
        let id = name.dropFirst(folder.utf8.count + 1).dropLast(ending.utf8.count)
        return isID(id) ? String(id) : nil
    }

    /// Two parts, which lead nowhere else, whatever a listing says.
    static func isLogical(_ name: String) -> Bool {
        let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                part.count <= 255 && part.first.map { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "-") } ?? false
                    && part.allSatisfy {
                        ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == UInt8(ascii: "-")
                            || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_")
                    }
            }
    }
}

/// How much is added so that a size says little (Padmé, PETS 2019): at most a sixteenth, less for larger files.
enum Padding {
    /// Smaller files are all of one size.
    static let least = 4096

    static func size(of count: Int) -> Int {
        guard count > least else { return least }
        let exponent = Int.bitWidth - 1 - count.leadingZeroBitCount
        let kept = Int.bitWidth - exponent.leadingZeroBitCount
        let step = 1 << (exponent - kept)
        return (count + step - 1) / step * step
    }
}

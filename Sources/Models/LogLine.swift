/// One line (leaf) of an origin's log: who, which, what kind, when, and the hash of a detail that says the rest.
///
/// A line by itself tells nobody what it is about: the detail is an object of its own and holds a random salt, so that it
/// cannot be guessed from its hash either. `manifests/FORMAT.md` has the bytes.
public struct LogLine: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        case genesis, capture, note, custody, withdrawal, keyChange, adopted

        /// What can be withdrawn: the other kinds say nothing that anybody could want forgotten, and logs need them.
        package var isWithdrawable: Bool { self == .capture || self == .note || self == .adopted }
    }

    public static let format: Int64 = 1

    /// Nil in the genesis line alone, whose own hash is the origin.
    public let origin: OriginID?
    public let index: Int
    public let kind: Kind
    /// When this machine wrote the line.
    public let recordedAt: Timestamp
    public let detail: ObjectID

    package init(origin: OriginID, index: Int, kind: Kind, recordedAt: Timestamp, detail: ObjectID) {
        self.origin = origin
        self.index = index
        self.kind = kind
        self.recordedAt = recordedAt
        self.detail = detail
    }

    /// The first line of a new log.
    package init(genesis detail: ObjectID, recordedAt: Timestamp) {
        origin = nil
        index = 0
        kind = .genesis
        self.recordedAt = recordedAt
        self.detail = detail
    }

    /// Canonical JSON, without a newline.
    public var bytes: [UInt8] {
        // By hand, because whole logs are written again and again to be hashed. No value has anything in it that JSON escapes.
        var out: [UInt8] = []
        out.reserveCapacity(320)
        out += "{\"detail\":\"".utf8
        out += detail.description.utf8
        out += "\",\"format\":\(Self.format),\"index\":\(index),\"kind\":\"".utf8
        out += kind.rawValue.utf8
        if let origin {
            out += "\",\"origin\":\"".utf8
            out += origin.description.utf8
        }
        out += "\",\"recordedAt\":\"".utf8
        out += recordedAt.description.utf8
        out += "\"}".utf8
        return out
    }

    /// RFC 6962: SHA-256(0x00 || line).
    public var leafHash: ObjectID { MerkleTree.leafHash(bytes) }

    /// Reads exactly what `bytes` writes.
    public init(parsing bytes: [UInt8]) throws(FormatError) {
        let fields = try Fields(canonical: bytes, of: "log line", format: Self.format)
        index = try fields.integer("index")
        guard let kind = Kind(rawValue: try fields.string("kind")) else { throw fields.wrong("kind") }
        self.kind = kind
        recordedAt = try fields.timestamp("recordedAt")
        detail = try fields.objectID("detail")
        origin = try kind == .genesis ? nil : OriginID(fields.objectID("origin"))
        try fields.allow(only: ["detail", "format", "index", "kind", "origin", "recordedAt"])
        guard self.bytes == bytes, (kind == .genesis) == (index == 0) else { throw fields.wrong("kind") }
    }
}

/// A document of one of stet's formats that does not follow it.
public struct FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Which document, in words.
    public let document: String
    /// What is wrong with it, in words.
    public let problem: String

    package init(document: String, problem: String) {
        self.document = document
        self.problem = problem
    }
    public var description: String { "\(document): \(problem)" }
}

/// The members of a signed document, read strictly.
package struct Fields {
    package let document: String
    private let json: JSON

    package init(canonical bytes: [UInt8], of document: String, format: Int64) throws(FormatError) {
        do {
            try self.init(JSON(canonical: bytes), of: document)
        } catch let error as JSONError {
            throw FormatError(document: document, problem: error.description)
        } catch let error as FormatError {
            throw error
        } catch {
            throw FormatError(document: document, problem: "unreadable")
        }
        guard try integer("format") == Int(format) else {
            throw FormatError(
                document: document, problem: "format \(json["format"]?.integer ?? 0) is not known to this version")
        }
    }

    package init(_ json: JSON, of document: String) throws(FormatError) {
        guard case .object = json else { throw FormatError(document: document, problem: "not an object") }
        self.document = document
        self.json = json
    }

    package func wrong(_ name: String) -> FormatError {
        FormatError(document: document, problem: "\"\(name)\" is missing or not what it must be")
    }

    package func optional(_ name: String) -> JSON? { json[name] }

    package func string(_ name: String) throws(FormatError) -> String {
        guard let text = json[name]?.string else { throw wrong(name) }
        return text
    }

    package func optionalString(_ name: String) throws(FormatError) -> String? {
        json[name] == nil ? nil : try string(name)
    }

    /// A count or position: never negative.
    package func integer(_ name: String) throws(FormatError) -> Int {
        guard let number = json[name]?.integer, number >= 0 else { throw wrong(name) }
        return Int(number)
    }

    package func objectID(_ name: String) throws(FormatError) -> ObjectID {
        guard let id = ObjectID(try string(name)) else { throw wrong(name) }
        return id
    }

    package func optionalObjectID(_ name: String) throws(FormatError) -> ObjectID? {
        json[name] == nil ? nil : try objectID(name)
    }

    package func timestamp(_ name: String) throws(FormatError) -> Timestamp {
        guard let time = Timestamp(canonical: try string(name)) else { throw wrong(name) }
        return time
    }

    package func fields(_ name: String) throws(FormatError) -> Fields {
        guard let inner = json[name] else { throw wrong(name) }
        return try Fields(inner, of: "\(document), \(name)")
    }

    package func list(_ name: String) throws(FormatError) -> [JSON] {
        guard let items = json[name]?.array else { throw wrong(name) }
        return items
    }

    /// An unknown member could change what a document means to somebody else, so there must be none.
    package func allow(only names: Set<String>) throws(FormatError) {
        guard case .object(let members) = json else { return }
        for member in members where !names.contains(member.name) {
            throw FormatError(document: document, problem: "\"\(member.name)\" is not part of the format")
        }
    }
}

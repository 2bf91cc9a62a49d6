import Foundation
import Models
import Testing

/// The committed vectors of the format documents, computed by `scripts/make-vectors.py` and not by stet.
enum Vectors {
    static func rows<Row: Decodable>(_ name: String, as type: Row.Type = Row.self) throws -> [Row] {
        let rows = try value(name, as: [Row].self)
        try #require(!rows.isEmpty)
        return rows
    }

    static func value<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws -> Value {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.appendingPathComponent("Vectors").appendingPathComponent(name)
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
    }
}

struct LogVectors: Decodable {
    struct Detail: Decodable {
        let text: String
        let id: String
    }
    struct Line: Decodable {
        let text: String
        let leafHash: String
    }
    let origin: String
    let details: [Detail]
    let lines: [Line]
    let roots: [String]

    static func load() throws -> LogVectors {
        let log: LogVectors = try Vectors.value("log.json")
        try #require(
            log.lines.count > 3 && log.lines.count == log.details.count && log.roots.count == log.lines.count + 1)
        return log
    }
}

struct DocumentVectors: Decodable {
    struct Document: Decodable {
        let name: String
        let file: String
        let text: String
        let id: String
    }
    let documents: [Document]

    static func load() throws -> [Document] {
        let documents = try Vectors.value("documents.json", as: DocumentVectors.self).documents
        try #require(documents.count == 3)
        return documents
    }
}

func hash(_ hex: String) throws -> ObjectID { try #require(ObjectID(hex)) }
func bytes(hex: String) throws -> [UInt8] { try #require(Hex.decode(hex)) }

/// Numbers that are the same in every run, so that a failure can be seen again.
struct SteadyRandom: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

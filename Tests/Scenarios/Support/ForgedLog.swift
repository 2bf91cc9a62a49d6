import Foundation
import Models
import Testing

/// A log with its manifest and proofs, put together by the test itself with ssh-keygen: what an honest recorder could have
/// written, or a forger who keeps every hash in order.
struct ForgedLog {
    private let machine: Machine
    /// Names of private key files in the machine's folder.
    let key: String
    /// Details by index, each canonical JSON unless a test wants it otherwise; the first is the genesis.
    var details: [[UInt8]]
    /// Changes a line before it is hashed into the tree.
    var editLine: (Int, JSON) -> JSON = { $1 }

    static let time = "2026-03-01T06:00:00Z"

    init(_ machine: Machine, key: String, captures: Int = 6) throws {
        self.machine = machine
        self.key = key
        if !FileManager.default.fileExists(atPath: machine.path(key)) {
            try machine.shell("ssh-keygen -q -t ed25519 -N '' -C \(key) -f \(key)")
        }
        let words = try String(decoding: machine.read("\(key).pub"), as: UTF8.self).split(separator: " ")
        let genesis: JSON = [
            "format": 1, "kind": "genesis", "name": "forged", "tool": "test/1", "salt": Self.salt(0),
            "key": .string(words.prefix(2).joined(separator: " ")),
        ]
        details = [genesis.canonicalBytes]
        for index in 1...captures { details.append(Self.capture(index, payload: Self.payload(index)).canonicalBytes) }
    }

    static func salt(_ index: Int) -> JSON { .string(String(repeating: "0", count: 30) + String(10 + index)) }
    static func payload(_ index: Int) -> [UInt8] { Array("<p>Page “\(index)”</p>\u{1}\r\n".utf8) }

    static func capture(_ index: Int, payload: [UInt8]) -> JSON {
        [
            "format": 1, "kind": "capture", "salt": salt(index), "capturedAt": .string(time),
            "payload": .string(ObjectID(hashing: payload).description), "size": JSON(payload.count),
            "mediaType": "text/html", "outcome": "ok", "url": .string("https://post.example/\(index)"),
            "via": ["source": "file", "tool": "test/1", "path": "a/b.html"],
        ]
    }

    var lines: [[UInt8]] {
        var lines: [[UInt8]] = []
        var origin: String?
        for (index, detail) in details.enumerated() {
            var members: [JSON.Member] = [
                .init("detail", .string(ObjectID(hashing: detail).description)), .init("format", 1),
                .init("index", JSON(index)), .init("kind", .string(kind(of: detail))),
                .init("recordedAt", .string(Self.time)),
            ]
            if let origin { members.append(.init("origin", .string(origin))) }
            lines.append(editLine(index, .object(members)).canonicalBytes)
            if index == 0 { origin = MerkleTree.leafHash(lines[0]).description }
        }
        return lines
    }

    private func kind(of detail: [UInt8]) -> String {
        let kind = (try? JSON(parsing: detail))?["kind"]?.string
        return kind == "genesis" || kind == "keyChange" ? kind ?? "" : detail == details[0] ? "genesis" : "capture"
    }

    /// Has `next` sign from the line after the last on, with both signatures as ssh-keygen makes them.
    mutating func change(to next: ForgedLog, edit: (JSON) throws -> JSON = { $0 }) throws {
        let origin = MerkleTree.leafHash(lines[0]).description
        let publicKey = { (log: ForgedLog) in try JSON(parsing: log.details[0])["key"] ?? .null }
        let statement: JSON = [
            "format": 1, "index": JSON(details.count), "origin": .string(origin), "key": try publicKey(next),
            "previous": try publicKey(self),
        ]
        let sign = { (log: ForgedLog) in
            try log.signed(statement.canonicalBytes + [0x0A], namespace: "stet-key-change")["signature"] ?? .null
        }
        let change: JSON = [
            "format": 1, "kind": "keyChange", "salt": Self.salt(20), "tool": "test/1", "key": try publicKey(next),
            "previous": try publicKey(self), "signedByPrevious": try sign(self), "signedByKey": try sign(next),
        ]
        details.append(try edit(change).canonicalBytes)
    }

    /// The proof of a capture below the last line, a key change, signed by the key that it leads to.
    func changedProof(of index: Int, signedBy key: String) throws -> JSON {
        try proof(of: index).setting("keyChanges", to: [try entry(details.count - 1)])
            .setting("manifest", to: try signed(manifest().canonicalBytes + [0x0A], key: key))
    }

    func entry(_ index: Int, size: Int? = nil) throws -> JSON {
        let lines = lines
        let leaves = lines.prefix(size ?? lines.count).map { MerkleTree.leafHash($0) }
        return [
            "line": .string(String(decoding: lines[index], as: UTF8.self)),
            "detail": .string(String(decoding: details[index], as: UTF8.self)),
            "path": .array(
                MerkleTree.inclusionPath(index: index, leaves: leaves[...]).map { .string($0.description) }),
        ]
    }

    func manifest(size: Int? = nil) -> JSON {
        let leaves = lines.prefix(size ?? details.count).map { MerkleTree.leafHash($0) }
        return [
            "format": 1, "origin": .string(leaves[0].description), "name": "forged", "number": 1,
            "created": .string(Self.time), "message": "", "heads": [],
            "counts": ["captures": JSON(min(leaves.count - 1, 6))],
            "log": ["root": .string(MerkleTree.root(leaves).description), "size": JSON(leaves.count)],
        ]
    }

    /// `{"signature","text"}` as ssh-keygen signs it.
    func signed(_ manifest: [UInt8], key: String? = nil, namespace: String = "stet-manifest") throws -> JSON {
        try machine.write(Data(manifest), to: "manifest")
        try? FileManager.default.removeItem(atPath: machine.path("manifest.sig"))
        let run = try machine.shell("ssh-keygen -q -Y sign -f \(key ?? self.key) -n \(namespace) manifest")
        try #require(run.exit == 0, "\(run.errors)")
        return [
            "text": .string(String(decoding: manifest, as: UTF8.self)),
            "signature": .string(String(decoding: try machine.read("manifest.sig"), as: UTF8.self)),
        ]
    }

    /// A proof in which everything fits; what a test changes, it changes afterwards.
    func proof(of index: Int, size: Int? = nil, payload: JSON? = nil, headers: JSON? = nil) throws -> JSON {
        var members: [JSON.Member] = [
            .init("format", 1), .init("kind", "proof"), .init("capture", try entry(index, size: size)),
            .init("genesis", try entry(0, size: size)), .init("keyChanges", []),
            .init("manifest", try signed(manifest(size: size).canonicalBytes + [0x0A])),
            .init("payload", payload ?? ["text": .string(String(decoding: Self.payload(index), as: UTF8.self))]),
        ]
        if let headers { members.append(.init("headers", headers)) }
        return .object(members)
    }
}

extension JSON {
    /// The value with what lies at `path` (names, or numbers in lists) changed; nil takes it out.
    func editing(_ path: String..., change: (JSON) throws -> JSON?) rethrows -> JSON {
        try editing(path[...], change) ?? .null
    }

    func setting(_ path: String..., to value: JSON) -> JSON {
        editing(path[...]) { _ in value } ?? .null
    }

    private func editing(_ path: ArraySlice<String>, _ change: (JSON) throws -> JSON?) rethrows -> JSON? {
        guard let name = path.first else { return try change(self) }
        let rest = path.dropFirst()
        switch self {
        case .object(let members):
            let isThere = members.contains { $0.name == name }
            let all = isThere ? members : members + [Member(name, .null)]
            return .object(
                try all.compactMap { member in
                    guard member.name == name else { return member }
                    return try member.value.editing(rest, change).map { Member(name, $0) }
                })
        case .array(let items):
            return .array(
                try items.enumerated().compactMap { index, item in
                    String(index) == name ? try item.editing(rest, change) : item
                })
        default: return self
        }
    }

    /// The document within a string, changed and written back as canonical JSON.
    func editingText(_ path: String..., change: (JSON) throws -> JSON) throws -> JSON {
        try editing(path[...]) { text in
            let inner = try JSON(parsing: Array((text.string ?? "").utf8))
            let newline = text.string?.hasSuffix("\n") == true ? "\n" : ""
            return .string(String(decoding: try change(inner).canonicalBytes, as: UTF8.self) + newline)
        } ?? .null
    }
}

import Foundation
import Models
import SyncEngine
import Testing

/// The committed vectors of `manifests/FORMAT.md`, made by ssh-keygen and a script that is not stet.
@Suite("Published test vectors of signatures")
struct SignatureVectorTests {
    private struct Documents: Decodable {
        struct Document: Decodable {
            let name: String
            let text: String
            let namespace: String
            let signature: String
        }
        let key: String
        let fingerprint: String
        let documents: [Document]
    }

    private struct Refused: Decodable {
        let name: String
        let document: String
        let signature: String
    }

    private func read<Value: Decodable>(_ name: String) throws -> Value {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        return try JSONDecoder().decode(Value.self, from: Data(contentsOf: folder.appending(path: "Vectors/\(name)")))
    }

    @Test("every signed document is accepted, under its own namespace and key")
    func accepted() throws {
        let vectors: Documents = try read("documents.json")
        try #require(!vectors.documents.isEmpty)
        let key = try #require(PublicKey(vectors.key))
        #expect(key.fingerprint == vectors.fingerprint)
        for document in vectors.documents {
            let signature = try #require(SSHSignature(armored: document.signature), "\(document.name)")
            #expect(signature.isValid(for: Array(document.text.utf8)), "\(document.name)")
            #expect(signature.publicKey == key)
            #expect(signature.namespace == document.namespace)
            #expect(signature.armored == document.signature)
        }
    }

    private struct Signed: Decodable {
        let key: String
        let namespace: String
        let text: String
        let signature: String
    }

    @Test("a signature by a key of every kind is accepted")
    func kinds() throws {
        let rows: [Signed] = try read("signatures.json")
        try #require(rows.count == 12)
        for row in rows {
            let signature = try #require(SSHSignature(armored: row.signature), "\(row.text)")
            #expect(signature.publicKey.description == row.key && signature.namespace == row.namespace)
            #expect(signature.verdict(for: Array(row.text.utf8)) == .good, "\(row.text)")
            #expect(signature.verdict(for: Array((row.text + "x").utf8)) == .bad, "\(row.text)")
        }
    }

    private struct KeyChanges: Decodable {
        struct Change: Decodable {
            let index: Int
            let detail: String
            let id: String
            let statement: String
        }
        struct Term: Decodable {
            let size: Int
            let key: String
        }
        let origin: String
        let genesisKey: String
        let changes: [Change]
        let keyAtSize: [Term]
    }

    @Test("key changes lead to the key that signs at each size")
    func keyChanges() throws {
        let vector: KeyChanges = try read("key-change.json")
        let origin = try #require(OriginID(vector.origin))
        var history = try KeyHistory(origin: origin, genesisKey: vector.genesisKey)
        try #require(vector.changes.count == 2 && vector.keyAtSize.count == 7)
        for change in vector.changes {
            let bytes = Array(change.detail.utf8)
            guard case .keyChange(let detail) = try Detail(parsing: bytes) else {
                Issue.record("it is of another kind")
                continue
            }
            #expect(ObjectID(hashing: bytes).description == change.id)
            let statement = KeyChangeDetail.statement(
                origin: origin, index: change.index, key: detail.key, previous: detail.previous)
            #expect(statement == Array(change.statement.utf8))
            try history.apply(detail, index: change.index, file: "vector")
        }
        for term in vector.keyAtSize {
            #expect(history.key(at: term.size).description == term.key, "size \(term.size)")
        }
    }

    @Test("every false signature is refused: another spelling, another document, another field")
    func refused() throws {
        let vectors: Documents = try read("documents.json")
        let refused: [Refused] = try read("refused-signatures.json")
        try #require(refused.count > 20)
        for row in refused {
            let document = try #require(vectors.documents.first { $0.name == row.document })
            let signature = SSHSignature(armored: row.signature)
            let isAccepted = signature.map { found in
                found.isValid(for: Array(document.text.utf8)) && found.namespace == document.namespace
                    && found.publicKey.description == vectors.key
            }
            #expect(isAccepted != true, "\(row.name)")
        }
    }
}

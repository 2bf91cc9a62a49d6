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

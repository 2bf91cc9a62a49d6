import Foundation
import Models
import Storage
import SyncEngine
import Testing

@Suite("What comes with a payload")
struct AttachmentTests {
    private static let certificates = "-----BEGIN CERTIFICATE-----\nof a.example\n-----END CERTIFICATE-----\n"

    /// Three captures, each with its own header block and transport, all with the same certificates; with a snapshot.
    private func filled(_ place: Workplace, _ key: SigningKey) throws -> Archive {
        let archive = try place.archive("press", key: key)
        for number in 1...3 { try record(number, in: archive) }
        _ = try place.snapshot(archive, key)
        return archive
    }

    private func record(_ number: Int, in archive: Archive) throws {
        let payload = Payload(Array("Headline \(number)\n\nText \(number).".utf8))
        let attachments = [head(number), transport(number), Self.certificates].map { Payload(Array($0.utf8)) }
        var random = SystemRandomNumberGenerator()
        let detail = CaptureDetail(
            url: "https://a.example/\(number)", article: nil, capturedAt: Workplace.time, payload: payload.id,
            size: payload.bytes.count, mediaType: "text/plain", status: 200, headers: attachments[0].id,
            transport: attachments[1].id, certificates: attachments[2].id, outcome: "ok",
            via: .init(source: "http", path: nil, tool: "test"), salt: Salt(using: &random))
        _ = try archive.record([
            Observation(
                detail: detail, payload: payload, attachments: attachments,
                interpretation: Interpretation(
                    key: try #require(ArticleKey(url: "https://a.example/\(number)")), revision: nil))
        ])
    }

    private func head(_ number: Int) -> String { "HTTP/1.1 200 OK\r\nETag: \(number)\r\n\r\n" }
    private func transport(_ number: Int) -> String { "{\"format\":1,\"kind\":\"http\",\"number\":\(number)}" }
    private func id(_ text: String) -> ObjectID { ObjectID(hashing: text) }

    private func expectWhole(_ archive: Archive, captures: Int, objects: Int) throws {
        let report = try archive.verify()
        #expect(report.damages.isEmpty && report.missing.isEmpty)
        #expect(report.captures == captures && report.objects == objects)
    }

    @Test("is verified, merged, indexed anew, packed and restored with it")
    func travels() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try filled(place, key)
        // For each capture the detail, the payload and three more.
        try expectWhole(archive, captures: 3, objects: 15)
        _ = try archive.compact(.all)
        try expectWhole(archive, captures: 3, objects: 15)
        #expect(try archive.reindex().isEmpty)
        try expectWhole(archive, captures: 3, objects: 15)
        let copy = try place.restore("press", trust: Workplace.trust([key]))
        try expectWhole(copy, captures: 3, objects: 15)
        #expect(try copy.read(id(head(2))) == Array(head(2).utf8))
        #expect(try copy.read(id(Self.certificates)) == Array(Self.certificates.utf8))
    }

    @Test("is missed where it is gone")
    func missing() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try filled(place, key)
        let record = try archive.erasable(CaptureName(origin: archive.origin, index: 2))
        #expect(record.attachments.contains(id(transport(2))))
        // Erased without a withdrawal, as nobody but a test does.
        try archive.erase(Erasure(records: [], objects: [id(transport(2))]))
        let report = try archive.verify()
        #expect(report.missing.count == 1 && report.captures == 2)
    }

    @Test("is forgotten with it, but for what others need")
    func forgotten() throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try filled(place, key)
        let forgetting = Forgetting(archive, trust: Workplace.trust([key]), tool: "test", clock: { Workplace.time })
        for index in 1...3 {
            let plan = try forgetting.plan(CaptureName(origin: archive.origin, index: index), withIdentical: false)
            #expect(plan.sharing.isEmpty)
            try forgetting.forget(plan, reason: "r", key: key, caches: {})
            #expect(try !archive.holds(id(head(index))))
            #expect(try !archive.holds(id(transport(index))))
            #expect(try archive.holds(id(Self.certificates)) == (index < 3))
            let copy = try place.restore("press", trust: Workplace.trust([key]))
            try expectWhole(copy, captures: 3 - index, objects: (3 - index) * 5)
        }
    }

    @Test("is part of the proof", arguments: ["headers", "transport", "certificates"])
    func proven(member: String) throws {
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let archive = try filled(place, key)
        let authorities = TimeAuthorities()
        let made = try Prover(archive, authorities: authorities).prove(CaptureName(origin: archive.origin, index: 2))
        let verifier = ProofVerifier(authorities: authorities)
        #expect(try verifier.check(made.bytes, folder: place.folder).headers == Array(head(2).utf8))
        let text = String(decoding: made.bytes, as: UTF8.self)
        let own = try #require(text.range(of: ",\"\(member)\":{\"text\":\""))
        let end = try #require(text.range(of: "\"}", range: own.upperBound..<text.endIndex))
        let without = text.replacingCharacters(in: own.lowerBound..<end.upperBound, with: "")
        let altered = text.replacingCharacters(in: own.upperBound..<own.upperBound, with: "X")
        for bad in [without, altered] {
            #expect {
                _ = try verifier.check(Array(bad.utf8), folder: place.folder)
            } throws: { error in (error as? ProofFault)?.kind == .wrongHeaders }
        }
        // The verifier that is not stet agrees.
        try Data(made.bytes).write(to: URL(filePath: place.path("proof.json")))
        try Data(altered.utf8).write(to: URL(filePath: place.path("altered.json")))
        try Data((key.publicKey.description + "\n").utf8).write(to: URL(filePath: place.path("key.pub")))
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../scripts/verify-proof.py"
        ).standardizedFileURL.path
        #expect(try place.shell("python3 '\(script)' proof.json --key key.pub").exit == 0)
        #expect(try place.shell("python3 '\(script)' altered.json --key key.pub").exit != 0)
    }
}

import Models
import Testing

struct DocumentTests {
    @Test("a log's lines read back, and its id and roots are those computed elsewhere")
    func log() throws {
        let vectors = try LogVectors.load()
        var frontier = MerkleFrontier()
        for (index, row) in vectors.lines.enumerated() {
            #expect(frontier.root.description == vectors.roots[index])
            let line = try LogLine(parsing: Array(row.text.utf8))
            #expect(line.bytes == Array(row.text.utf8))
            #expect(line.leafHash.description == row.leafHash)
            #expect(line.index == index)
            #expect(line.detail.description == vectors.details[index].id)
            #expect(line.origin?.description == (index == 0 ? nil : vectors.origin))
            if index == 0 { #expect(OriginID(line.leafHash).description == vectors.origin) }
            frontier.append(line.leafHash)
        }
        #expect(frontier.root.description == vectors.roots[frontier.size])
    }

    @Test("details read back, and are of the kind of their lines")
    func details() throws {
        let vectors = try LogVectors.load()
        for (line, row) in zip(vectors.lines, vectors.details) {
            let detail = try Detail(parsing: Array(row.text.utf8))
            #expect(detail.bytes == Array(row.text.utf8))
            #expect(detail.id.description == row.id)
            #expect(try LogLine(parsing: Array(line.text.utf8)).kind == detail.kind)
        }
        let capture = try Detail(parsing: Array(vectors.details[5].text.utf8))
        guard case .capture(let gone) = capture else {
            Issue.record("no capture")
            return
        }
        #expect(gone.status == 410 && gone.objects.count == 2 && gone.article == nil && gone.via.path == "gone.html")
    }

    @Test("manifests and packing lists read back, under the names of their files")
    func documents() throws {
        for document in try DocumentVectors.load() {
            let text = Array(document.text.utf8)
            #expect(ObjectID(hashing: text).description == document.id)
            if document.name == "packing list" {
                let list = try PackingList(parsing: text)
                #expect(list.encoded == text && list.fileName == document.file)
            } else {
                let manifest = try Manifest(parsing: text)
                #expect(
                    manifest.bytes == text && manifest.fileName == document.file
                        && manifest.id.description == document.id)
            }
        }
    }

    @Test("documents belong together: log, manifests, packing list")
    func chain() throws {
        let documents = try DocumentVectors.load()
        let log = try LogVectors.load()
        let first = try Manifest(parsing: Array(documents[0].text.utf8))
        let second = try Manifest(parsing: Array(documents[1].text.utf8))
        let list = try PackingList(parsing: Array(documents[2].text.utf8))
        #expect(second.previous == first.id && list.manifest == second.id && list.origin == second.origin)
        for manifest in [first, second] {
            #expect(manifest.origin.description == log.origin)
            #expect(manifest.log.root.description == log.roots[manifest.log.size])
        }
        #expect(second.heads.count == 2 && first.heads.isEmpty)
    }

    private struct Refused: Decodable {
        let document: String
        let name: String
        let text: String
    }

    @Test("documents that do not follow their format are refused")
    func refused() throws {
        for row in try Vectors.rows("refused-documents.json", as: Refused.self) {
            #expect(throws: FormatError.self, "\(row.document): \(row.name)") {
                try Self.parse(row.document, Array(row.text.utf8))
            }
        }
    }

    /// The bytes that the document, once read, stands for.
    @discardableResult
    private static func parse(_ document: String, _ bytes: [UInt8]) throws -> [UInt8] {
        switch document {
        case "line": try LogLine(parsing: bytes).bytes
        case "detail": try Detail(parsing: bytes).bytes
        case "packing list": try PackingList(parsing: bytes).encoded
        default: try Manifest(parsing: bytes).bytes
        }
    }

    private static func all() throws -> [(document: String, bytes: [UInt8])] {
        let log = try LogVectors.load()
        let documents = try DocumentVectors.load()
        return log.lines.map { ("line", Array($0.text.utf8)) } + log.details.map { ("detail", Array($0.text.utf8)) }
            + documents.map { ($0.name, Array($0.text.utf8)) }
    }

    @Test("one byte changed anywhere is refused or gives another hash")
    func oneByteChanged() throws {
        // Bytes that are likely to matter, and one bit flipped.
        let likely = Array("\"\\{}[]:,0123456789 abefABEF-+.nul\n\r\t".utf8) + [0x00, 0x7F, 0x80, 0xC3, 0xFF]
        var accepted = 0
        for (document, whole) in try Self.all() {
            let id = ObjectID(hashing: whole)
            for index in whole.indices {
                for byte in likely + [whole[index] ^ 1, whole[index] ^ 0x20] where byte != whole[index] {
                    var changed = whole
                    changed[index] = byte
                    guard let read = try? Self.parse(document, changed) else { continue }
                    accepted += 1
                    if read != changed || ObjectID(hashing: read) == id {
                        Issue.record("\(document), byte \(index) as \(byte)")
                    }
                }
            }
        }
        #expect(accepted > 0)
    }

    @Test("a byte taken out or put in anywhere is refused or gives another hash")
    func oneByteMore() throws {
        for (document, whole) in try Self.all() {
            for index in whole.indices {
                var shorter = whole
                shorter.remove(at: index)
                if let read = try? Self.parse(document, shorter) { #expect(read == shorter) }
                for byte in Array(" \n0\"".utf8) {
                    var longer = whole
                    longer.insert(byte, at: index)
                    if let read = try? Self.parse(document, longer) { #expect(read == longer) }
                }
            }
        }
    }

    @Test("a document cut short at any byte is refused")
    func truncated() throws {
        for (document, whole) in try Self.all() {
            for count in whole.indices {
                #expect(throws: FormatError.self) { try Self.parse(document, Array(whole[..<count])) }
            }
        }
    }

    @Test("what is made here reads back")
    func made() throws {
        var random = SteadyRandom(seed: 5)
        let salt = Salt(using: &random)
        #expect(salt.description.utf8.count == 32 && salt != Salt(using: &random))
        let time = try #require(Timestamp("2026-03-02T06:40:00.250Z"))
        let text = "a \"b\" \\ \n \u{1} é e\u{301} 😀 \u{202E}"
        let genesis = Detail.genesis(GenesisDetail(name: text, key: "ssh-ed25519 AAAA", salt: salt, tool: text))
        let line = LogLine(genesis: genesis.id, recordedAt: time)
        let origin = OriginID(line.leafHash)
        let capture = Detail.capture(
            CaptureDetail(
                url: text, article: text, capturedAt: time, payload: ObjectID(hashing: ""), size: 0, mediaType: text,
                status: 200,
                headers: ObjectID(hashing: "x"), outcome: text, via: .init(source: text, path: text, tool: text),
                salt: salt))
        let custody = Detail.custody(
            CustodyDetail(
                .restore(.init(origin: origin, manifest: genesis.id, size: 1, signedBy: text), place: nil), tool: text,
                salt: salt))
        for detail in [genesis, capture, custody] { #expect(try Detail(parsing: detail.bytes) == detail) }
        #expect(try LogLine(parsing: line.bytes) == line)
        for kind in LogLine.Kind.allCases where kind != .genesis {
            let next = LogLine(origin: origin, index: 1, kind: kind, recordedAt: time, detail: capture.id)
            #expect(try LogLine(parsing: next.bytes) == next)
        }
        let manifest = Manifest(
            origin: origin, name: text, number: 1, created: time, message: text, previous: nil,
            log: .init(size: 2, root: capture.id),
            captures: 1, heads: [OriginID(capture.id): .init(size: 3, root: genesis.id)])
        #expect(try Manifest(parsing: manifest.bytes) == manifest)
        let list = PackingList(
            origin: origin, from: 0, to: 2, sha256: capture.id, bytes: 1, contentBytes: 2, objects: 3,
            manifest: manifest.id, buildsOn: [])
        #expect(try PackingList(parsing: list.encoded) == list)
    }

    @Test("details that differ in the salt alone have different names")
    func salts() throws {
        var random = SteadyRandom(seed: 6)
        let details = (0..<100).map { _ in
            Detail.genesis(GenesisDetail(name: "a", key: "k", salt: Salt(using: &random), tool: "t"))
        }
        #expect(Set(details.map(\.id)).count == details.count)
    }
}

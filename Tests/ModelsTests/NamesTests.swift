import Models
import Testing

struct NamesTests {
    private struct Hash: Decodable {
        let hex: String
        let `repeat`: Int
        let sha256: String
        let leafHash: String
    }

    @Test("hashes are SHA-256, in one piece or in parts")
    func hashes() throws {
        for row in try Vectors.rows("hashes.json", as: Hash.self) {
            let content = Array(repeatElement(try bytes(hex: row.hex), count: row.repeat).joined())
            let expected = try hash(row.sha256)
            #expect(ObjectID(hashing: content) == expected)
            #expect(expected.description == row.sha256)
            #expect(MerkleTree.leafHash(content).description == row.leafHash)
            var parts = Hasher256()
            for start in stride(from: 0, to: content.count, by: 777) {
                parts.update(Array(content[start..<min(start + 777, content.count)]))
            }
            #expect(parts.finish() == expected)
        }
        #expect(ObjectID(hashing: "abc") == ObjectID(hashing: Array("abc".utf8)))
    }

    private static let good = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"

    private static let badHashes: [String] = [
        "", "00", String(good.dropLast()), good + "0", good + "00", good.uppercased(), "0x\(good.dropFirst(2))",
        " \(good.dropFirst())", "\(good.dropLast()) ", "\(good.dropLast())\n", "\(good.dropLast())g",
        "\(good.dropLast(2))é",
        "\(good.dropLast(3))１",
    ]

    @Test("a hash has one spelling", arguments: badHashes)
    func strictHash(text: String) {
        #expect(ObjectID(text) == nil)
        #expect(OriginID(text) == nil)
    }

    @Test("a hash reads back, from text and from bytes")
    func hashRoundTrip() throws {
        let id = try hash(Self.good)
        #expect(id.description == Self.good)
        #expect(id.short == "001122334455")
        #expect(ObjectID(rawBytes: id.bytes) == id)
        #expect(ObjectID(rawBytes: id.bytes.dropLast()) == nil)
        #expect(ObjectID(rawBytes: id.bytes + [0]) == nil)
    }

    @Test("hashes sort as their text does")
    func hashOrder() {
        var random = SteadyRandom(seed: 2)
        let ids = (0..<200).map { _ in
            ObjectID(hashing: [UInt8].init((0..<4).map { _ in UInt8.random(in: 0...255, using: &random) }))
        }
        #expect(ids.sorted().map(\.description) == ids.map(\.description).sorted())
    }

    @Test("hexadecimal reads back, and nothing else reads")
    func hex() {
        let all = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(all)) == all)
        #expect(Hex.decode("") == [])
        for byte in UInt8.min...UInt8.max {
            let character = String(Unicode.Scalar(byte))
            let isDigit = "0123456789abcdef".contains(character)
            #expect((Hex.decode(character + "0") != nil) == isDigit)
            #expect((Hex.decode("0" + character) != nil) == isDigit)
        }
        #expect(Hex.decode("abc") == nil)
    }

    @Test("a capture's name reads back")
    func captureName() throws {
        let origin = try #require(OriginID(Self.good))
        let name = CaptureName(origin: origin, index: 42)
        #expect(name.description == "001122334455:42")
        #expect(CaptureName("001122334455:42") == name)
        #expect(CaptureName("0011:0")?.index == 0)
        #expect(CaptureName(Self.good + ":9007199254740991")?.index == 9_007_199_254_740_991)
    }

    private static let badCaptureNames: [String] = [
        "", ":", "0011", "0011:", ":1", "001:1", "0011:-1", "0011:+1", "0011:01", "0011: 1", "0011:1:2", "00AA:1",
        "00gg:1",
        "0011:99999999999999999999", "\(good)0:1",
    ]

    @Test("what is no capture's name is refused", arguments: badCaptureNames)
    func badCaptureName(text: String) {
        #expect(CaptureName(text) == nil)
    }

    private struct Key: Decodable {
        let url: String?
        let canonical: String?
        let path: String?
        let key: String?
    }

    @Test("article keys are what the table says")
    func articleKeys() throws {
        for row in try Vectors.rows("article-keys.json", as: Key.self) {
            let key = ArticleKey(url: row.url, canonical: row.canonical, path: row.path)
            #expect(key?.description == row.key, "\(row)")
            if let url = row.url, row.canonical == nil, row.path == nil {
                #expect(ArticleKey(url: url)?.description == row.key)
            }
        }
    }

    @Test("a key made from an address is the key of its own page")
    func keysAreStable() throws {
        for row in try Vectors.rows("article-keys.json", as: Key.self) {
            // With the scheme goes what makes 443 another port than the scheme's own.
            guard let key = row.key, !key.hasPrefix("file:"), !key.contains(":443") else { continue }
            #expect(ArticleKey(url: "https://" + key)?.description == key)
        }
    }

    @Test("a key knows its site, and whether it means a file")
    func keySite() throws {
        #expect(ArticleKey(url: "https://www.example.org:8080/a?b=c")?.site == "example.org:8080")
        #expect(ArticleKey(url: "https://www.example.org?b=c")?.site == "example.org")
        let file = ArticleKey(path: "a/b.txt")
        #expect(file.isFile && file.site == "file:")
    }

    @Test("a stated key may be any short line")
    func statedKeys() {
        #expect(ArticleKey(stated: " https://www.example.org/a/ ")?.description == "example.org/a")
        #expect(ArticleKey(stated: "example.org/a")?.description == "example.org/a")
        #expect(ArticleKey(stated: " ") == nil)
        #expect(ArticleKey(stated: "a\nb") == nil)
        #expect(ArticleKey(stated: String(repeating: "a", count: 2049)) == nil)
    }

    @Test("an address made from random characters never crashes and reads back")
    func randomAddresses() {
        var random = SteadyRandom(seed: 3)
        let alphabet = Array("ab1./\\:?#@[]%20eE&=+ \u{301}é\n\t<>\"'".unicodeScalars)
        var accepted = 0
        for _ in 0..<20_000 {
            let tail = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            guard let address = WebAddress("http://" + String(String.UnicodeScalarView(tail))) else { continue }
            accepted += 1
            #expect(WebAddress(address.description) == address, "\(address)")
            #expect(address.path.hasPrefix("/"))
        }
        #expect(accepted > 0)
    }
}

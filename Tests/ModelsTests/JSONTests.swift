import Models
import Testing

struct JSONTests {
    private struct Canonical: Decodable {
        let name: String
        let input: String
        let hex: String
    }

    @Test("canonical JSON is what RFC 8785 asks for, to the byte")
    func canonical() throws {
        for row in try Vectors.rows("canonical-json.json", as: Canonical.self) {
            let expected = try bytes(hex: row.hex)
            #expect(try JSON(parsing: Array(row.input.utf8)).canonicalBytes == expected, "\(row.name)")
            #expect(try JSON(canonical: expected).canonicalBytes == expected, "\(row.name)")
        }
    }

    private struct Refused: Decodable {
        let name: String
        let refused: String
        let hex: String
        let `repeat`: Int?
    }

    @Test("what is no JSON, ambiguous, or not canonical is refused")
    func refused() throws {
        for row in try Vectors.rows("refused-json.json", as: Refused.self) {
            let input = Array(repeatElement(try bytes(hex: row.hex), count: row.repeat ?? 1).joined())
            #expect(throws: JSONError.self, "\(row.name)") { try JSON(canonical: input) }
            switch row.refused {
            case "always": #expect(throws: JSONError.self, "\(row.name)") { try JSON(parsing: input) }
            case "as canonical": #expect(throws: Never.self, "\(row.name)") { try JSON(parsing: input) }
            default: Issue.record("unknown expectation \(row.refused)")
            }
        }
    }

    private static let rich =
        #"{"a":[1,-2,{"b":"\"\\\n\u001f","c":null}],"d":{"é":true,"😀":false},"e":"אבג","f":9007199254740991}"#

    @Test("a document cut short at any byte is refused")
    func truncated() throws {
        let whole = Array(Self.rich.utf8)
        _ = try JSON(canonical: whole)
        for count in whole.indices {
            #expect(throws: JSONError.self, "\(count) bytes") { try JSON(parsing: Array(whole[..<count])) }
        }
    }

    @Test("no change of one byte gives another spelling of the same value")
    func oneByteChanged() throws {
        let whole = Array(Self.rich.utf8)
        let value = try JSON(canonical: whole)
        var accepted = 0
        for index in whole.indices {
            for byte in UInt8.min...UInt8.max where byte != whole[index] {
                var changed = whole
                changed[index] = byte
                guard let other = try? JSON(canonical: changed) else { continue }
                accepted += 1
                #expect(other.canonicalBytes == changed)
                #expect(other != value, "byte \(index) as \(byte)")
            }
        }
        #expect(accepted > 0)
    }

    @Test("random bytes never crash the parser, and what it accepts reads back")
    func randomBytes() {
        var random = SteadyRandom(seed: 1)
        let alphabet = Array(#"{}[]",:0123456789-+.eEtrufalsn\ub "#.utf8) + [0x00, 0x0A, 0xC3, 0xA9, 0xED, 0xA0, 0xFF]
        var accepted = 0
        for _ in 0..<50_000 {
            let input = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                alphabet[Int.random(in: alphabet.indices, using: &random)]
            }
            guard let value = try? JSON(parsing: input) else { continue }
            accepted += 1
            #expect((try? JSON(canonical: value.canonicalBytes)) == value)
        }
        #expect(accepted > 0)
    }

    @Test("a hundred thousand names in one object are read in reasonable time")
    func manyNames() throws {
        let members = (0..<100_000).map { "\"k\($0)\":\($0)" }.joined(separator: ",")
        let value = try JSON(parsing: Array("{\(members)}".utf8))
        #expect(value["k99999"]?.integer == 99_999)
        #expect(throws: JSONError.self) { try JSON(parsing: Array("{\(members),\"k5\":0}".utf8)) }
    }

    @Test("an error says what is wrong, and where")
    func offset() throws {
        let duplicate = #expect(throws: JSONError.self) { try JSON(parsing: Array(#"{"a":1,"a":2}"#.utf8)) }
        #expect(duplicate?.reason == .duplicateName && duplicate?.offset == 10)
        let spelling = #expect(throws: JSONError.self) { try JSON(canonical: Array(#"{"a": 1}"#.utf8)) }
        #expect(spelling?.reason == .notCanonical && spelling?.offset == 5)
        let end = #expect(throws: JSONError.self) { try JSON(parsing: Array("[".utf8)) }
        #expect(end?.reason == .unexpectedEnd && end?.offset == 1)
    }

    @Test("printed JSON keeps the order of its members, canonical JSON sorts them")
    func order() {
        let value = JSON.object([.init("b", 1), .init("a", .null)])
        #expect(value.text == #"{"b":1,"a":null}"#)
        #expect(value.canonicalBytes == Array(#"{"a":null,"b":1}"#.utf8))
    }
}

import Foundation
import Models
import SyncEngine
import Testing

@Suite("Timestamps, bit by bit")
struct TimestampTokenTests {
    /// An answer of an authority made with openssl, over `document`.
    private func answer(_ place: Workplace) throws -> (token: [UInt8], document: [UInt8]) {
        let made = try place.shell(
            """
            cat > c <<'END'
            [req]
            distinguished_name=dn
            prompt=no
            [dn]
            CN=x
            [ca]
            basicConstraints=critical,CA:TRUE
            [tsa]
            basicConstraints=critical,CA:FALSE
            extendedKeyUsage=critical,timeStamping
            [answer]
            serial=./serial
            signer_cert=./tsa.pem
            signer_key=./tsa.key
            signer_digest=sha256
            default_policy=1.2.3.4.1
            digests=sha256
            END
            echo 01 > serial; printf 'a document' > m
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 3650 \
              -subj /CN=root -config c -extensions ca
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=clock -config c
            openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -set_serial 9 -days 3650 -extfile c -extensions tsa -out tsa.pem
            openssl ts -query -data m -sha256 -cert -out m.tsq
            openssl ts -reply -queryfile m.tsq -out m.tsr -config c -section answer
            """)
        try #require(made.exit == 0)
        let read = { (name: String) in Array(try Data(contentsOf: URL(filePath: place.path(name)))) }
        return (try read("m.tsr"), try read("m"))
    }

    @Test("no changed bit is believed to say another time, or to speak of another document")
    func flips() throws {
        let place = try Workplace()
        let (token, document) = try answer(place)
        let authorities = try TimeAuthorities(folder: nil, files: [place.path("ca.pem")])
        let good = try authorities.judge(token, over: document)
        guard case .trusted(let time, let name) = good else { throw SyncError.notAKey("\(good)") }
        #expect(name == "clock")
        var refused = 0
        for index in token.indices {
            for bit in [0, 3, 7] {
                var bytes = token
                bytes[index] ^= 1 << UInt8(bit)
                do throws(TimestampFault) {
                    let found = try authorities.judge(bytes, over: document)
                    #expect(found.time == time, "byte \(index), bit \(bit)")
                } catch {
                    refused += 1
                }
            }
        }
        // What may change is what nobody signs: the status, and what the container says of itself.
        #expect(refused > token.count * 3 * 9 / 10, "\(refused) of \(token.count * 3)")
        #expect(throws: TimestampFault.self) { try authorities.judge(token, over: document + [0]) }
        let nobody = try TimeAuthorities().judge(token, over: document)
        #expect(nobody == .unknownAuthority(time, name: "clock"))
    }

    @Test("every beginning of an answer is refused, and so is what claims to be endless")
    func cuts() throws {
        let place = try Workplace()
        let (token, document) = try answer(place)
        for count in 0..<token.count {
            #expect(throws: TimestampFault.self, "\(count)") {
                try TimeAuthorities().judge(Array(token[..<count]), over: document)
            }
        }
        for hostile: [UInt8] in [
            [0x30, 0x80, 0, 0], [0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0x30, 0x85, 1, 1, 1, 1, 1],
            [0x3F, 0x81, 0x01, 0],
            [UInt8](repeating: 0x30, count: 65_536), [UInt8](repeating: 0x30, count: 65_537),
        ] {
            #expect(throws: TimestampFault.self) { try TimeAuthorities().judge(hostile, over: document) }
        }
    }

    @Test("a request is what openssl reads, with a number that is new each time")
    func request() throws {
        let place = try Workplace()
        var random = SystemRandomNumberGenerator()
        var seen: Set<[UInt8]> = []
        for _ in 0..<20 {
            let query = TimestampQuery(over: Array("a document".utf8), using: &random)
            #expect(seen.insert(query.bytes).inserted)
            try Data(query.bytes).write(to: URL(filePath: place.path("q")))
            let text = try place.shell("openssl ts -query -in q -text").text
            #expect(text.contains("sha256") && text.contains("Nonce: 0x") && text.contains("Certificate required: yes"))
            #expect(try TimestampQuery(parsing: query.bytes) == query)
        }
    }
}

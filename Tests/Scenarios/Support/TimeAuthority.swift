import Foundation
import Models
import Testing

/// A time-stamping authority of the test's own, made with openssl: `NAME-ca.pem` is what its believers need.
struct TimeAuthority {
    /// How its certificates and answers are made.
    struct Make {
        var key = "rsa:2048"
        var curve = ""
        var digest = "sha256"
        var certificateHash = "sha256"
        var hasIntermediate = false
        /// Lines of the extensions of the certificate that signs.
        var purpose = "extendedKeyUsage=critical,timeStamping"
        var usage = "keyUsage=critical,digitalSignature"
        var authority = "basicConstraints=critical,CA:TRUE"
        /// `openssl x509` arguments on how long it is valid.
        var validity = "-days 3650"
    }

    let machine: Machine
    let name: String

    init(_ machine: Machine, _ name: String, _ make: Make = Make()) throws {
        self.machine = machine
        self.name = name
        let newKey = make.curve.isEmpty ? "-newkey \(make.key)" : "-newkey ec -pkeyopt ec_paramgen_curve:\(make.curve)"
        let middle = make.hasIntermediate ? "\(name)-mid" : "\(name)-ca"
        let script = """
            cat > \(name).cnf <<'END'
            [req]
            distinguished_name=dn
            prompt=no
            [dn]
            CN=x
            [ca]
            basicConstraints=critical,CA:TRUE
            keyUsage=critical,keyCertSign,cRLSign
            [mid]
            \(make.authority)
            keyUsage=critical,keyCertSign,cRLSign
            [tsa]
            basicConstraints=critical,CA:FALSE
            \(make.usage)
            \(make.purpose)
            [answer]
            serial=./\(name).serial
            signer_cert=./\(name).pem
            certs=./\(middle).pem
            signer_key=./\(name).key
            signer_digest=\(make.digest)
            default_policy=1.2.3.4.1
            other_policies=1.2.3.4.2
            digests=sha256,sha384,sha512
            accuracy=secs:1
            tsa_name=yes
            ess_cert_id_alg=\(make.certificateHash)
            END
            echo 01 > \(name).serial
            openssl req -x509 \(newKey) -nodes -keyout \(name)-ca.key -out \(name)-ca.pem -days 3650 -\(make.digest) \
              -subj '/CN=\(name) root' -config \(name).cnf -extensions ca
            openssl req \(newKey) -nodes -keyout \(name)-mid.key -out \(name)-mid.csr -subj '/CN=\(name) middle' -config \(name).cnf
            openssl x509 -req -in \(name)-mid.csr -CA \(name)-ca.pem -CAkey \(name)-ca.key -set_serial 77 -days 3650 \
              -\(make.digest) -extfile \(name).cnf -extensions mid -out \(name)-mid.pem
            openssl req \(newKey) -nodes -keyout \(name).key -out \(name).csr -subj '/O=Clocks/CN=\(name) clock' -config \(name).cnf
            openssl x509 -req -in \(name).csr -CA \(middle).pem -CAkey \(middle).key -set_serial 99 \(make.validity) \
              -\(make.digest) -extfile \(name).cnf -extensions tsa -out \(name).pem
            """
        let run = try machine.shell(script)
        try #require(run.exit == 0, "\(run.errors)")
    }

    /// Answers a request as `openssl ts` does.
    func answer(_ query: String, to answer: String) throws {
        let run = try machine.shell(
            "openssl ts -reply -queryfile \(query) -out \(answer) -config \(name).cnf -section answer")
        try #require(run.exit == 0, "\(run.errors)")
    }

    /// Whether `openssl ts -verify` accepts an answer, by a certificate that is trusted.
    func accepts(_ answer: String, of document: String, trusting: String) throws -> Bool {
        try machine.shell(
            "openssl ts -verify -data \(document) -in \(answer) -CAfile \(trusting) -untrusted \(name)-mid.pem -partial_chain"
        ).exit == 0
    }

    /// An answer put together by hand with `openssl cms`, of any time and with any certificate.
    func forge(
        _ document: [UInt8], at time: String, to answer: String, options: String = "-cades",
        type: String = "1.2.840.113549.1.9.16.1.4", status: UInt8 = 0, version: UInt8 = 1
    ) throws {
        let sha256: [UInt8] = [0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
        let imprint = DER.sequence(
            DER.sequence(sha256, [0x05, 0]), DER.value(0x04, ObjectID(hashing: document).bytesOfDigest))
        let statement = DER.sequence(
            [0x02, 1, version], [0x06, 3, 0x2A, 3, 4], imprint, [0x02, 1, 42], DER.value(0x18, Array(time.utf8)))
        try machine.write(Data(statement), to: "statement")
        let run = try machine.shell(
            """
            openssl cms -sign -binary -nodetach -nosmimecap -econtent_type \(type) \(options) -outform DER \
              -signer \(name).pem -inkey \(name).key -certfile \(name)-mid.pem -in statement -out content
            """)
        try #require(run.exit == 0, "\(run.errors)")
        let content = Array(try machine.read("content"))
        try machine.write(Data(DER.sequence(DER.sequence([0x02, 1, status]), content)), to: answer)
    }
}

/// Writes the little DER that a test makes by hand.
enum DER {
    static func value(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        switch content.count {
        case ..<0x80: [tag, UInt8(content.count)] + content
        case ..<0x100: [tag, 0x81, UInt8(content.count)] + content
        default: [tag, 0x82, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
        }
    }
    static func sequence(_ parts: [UInt8]...) -> [UInt8] { value(0x30, parts.flatMap(\.self)) }
}

extension ObjectID {
    var bytesOfDigest: [UInt8] { Hex.decode(description) ?? [] }
}

private import Crypto
package import Models

/// The documents of a WACZ file (WACZ 1.1.1) besides the WARC files in it.
package enum WACZDocuments {
    package static let version = "1.1.1"

    /// The first line of `pages/pages.jsonl`.
    package static let pagesHeader =
        JSON.object([
            .init("format", .string("json-pages-1.0")), .init("id", .string("pages")),
            .init("title", .string("All Pages")),
        ]).text + "\n"

    /// A line of `pages/pages.jsonl`, with its end.
    package static func page(_ capture: ExportedCapture) -> String {
        var members: [JSON.Member] = [
            .init("id", .string(capture.name.description)), .init("url", .string(capture.address.description)),
            .init("ts", .string(capture.capturedAt.description)),
        ]
        if let title = capture.title { members.append(.init("title", .string(title))) }
        members.append(.init("size", JSON(capture.detail.size)))
        return JSON.object(members).text + "\n"
    }

    /// `datapackage.json`: what is in the file.
    package static func package(_ members: [ZIPWriter.Member], _ facts: ExportFacts, created: Timestamp) -> [UInt8] {
        let resources = members.map { member in
            JSON.object([
                .init("name", .string(String(member.name.split(separator: "/").last ?? "").lowercased())),
                .init("path", .string(member.name)), .init("hash", .string(WARCRecord.digest(member.sha256))),
                .init("bytes", JSON(member.size)),
            ])
        }
        let described = facts.selection.map { "Chosen: \($0)." } ?? "Everything the archive held."
        return Array(
            JSON.object([
                .init("profile", .string("data-package")), .init("wacz_version", .string(version)),
                .init("title", .string(facts.archive)), .init("description", .string(described)),
                .init("created", .string(Self.seconds(created))), .init("software", .string(facts.software)),
                .init("resources", .array(resources)),
            ]).text.utf8)
    }

    /// `datapackage-digest.json`, signed by a key that says nothing of who holds it (WACZ Signing and Verification 0.1.0).
    ///
    /// ECDSA over P-384 with SHA-256 over the hash as it is written, `sha256:` included; the signature is r and s one after the other, the
    /// key a SubjectPublicKeyInfo, both in Base64. That is what ArchiveWeb.page writes and ReplayWeb.page checks.
    package static func digest(ofPackage bytes: [UInt8], _ facts: ExportFacts, created: Timestamp, key: WACZKey)
        throws(WACZKey.Failure) -> [UInt8]
    {
        let hash = WARCRecord.digest(ObjectID(hashing: bytes))
        let signed: [JSON.Member] = [
            .init("hash", .string(hash)), .init("created", .string(seconds(created))),
            .init("software", .string(facts.software)),
            .init("signature", .string(try key.signature(of: Array(hash.utf8)))),
            .init("publicKey", .string(key.publicKey)),
        ]
        return Array(
            JSON.object([
                .init("path", .string("datapackage.json")), .init("hash", .string(hash)),
                .init("signedData", .object(signed)),
            ]).text.utf8)
    }

    /// py-wacz reads no fractions there.
    private static func seconds(_ time: Timestamp) -> String {
        String(time.description.prefix { $0 != "." && $0 != "Z" }) + "Z"
    }
}

/// The key that signs WACZ files. Whoever was told which key it is knows from whom a file comes; for others it says that nothing was
/// changed since.
package struct WACZKey: Sendable {
    private let key: P384.Signing.PrivateKey

    package struct Failure: Error, CustomStringConvertible {
        package let description: String
    }

    /// A new one.
    package init() { key = P384.Signing.PrivateKey() }

    /// PKCS #8.
    package init(pem: String) throws(Failure) {
        do {
            key = try P384.Signing.PrivateKey(pemRepresentation: pem)
        } catch {
            throw Failure(description: "it is no private key on the curve P-384 in PEM form")
        }
    }

    package var pem: String { key.pemRepresentation }

    /// SubjectPublicKeyInfo in Base64.
    package var publicKey: String { Self.base64(Array(key.publicKey.derRepresentation)) }

    func signature(of bytes: [UInt8]) throws(Failure) -> String {
        do {
            return Self.base64(Array(try key.signature(for: SHA256.hash(data: bytes)).rawRepresentation))
        } catch {
            throw Failure(description: "signing failed (\(error))")
        }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    private static func base64(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let word = (0..<3).reduce(0) { $0 << 8 | ($1 < group.count ? Int(group[start + $1]) : 0) }
            for digit in 0..<4 {
                output.append(digit <= group.count ? alphabet[word >> (18 - 6 * digit) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: output, as: UTF8.self)
    }
}

internal import Models

/// The address under which a capture stands in a WARC file (`WARC-Target-URI`).
package struct WARCAddress: Hashable, Sendable, CustomStringConvertible {
    package let description: String

    /// The URL as it was observed; only what cannot stand in a URI is percent-encoded. It may be any URI.
    package init(url: String) {
        var bytes: [UInt8] = []
        for byte in url.utf8 {
            if byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "<") && byte != UInt8(ascii: ">") {
                bytes.append(byte)
            } else {
                bytes += Array("%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8)
            }
        }
        description = String(decoding: bytes, as: UTF8.self)
    }

    /// Of a file that has no URL: a `file:` URI without a host. The path is relative to what was captured, never the machine's.
    package init(path: String) {
        let relative = path.drop { $0 == "/" }
        description = "file:///" + PercentEncoding.encodePath(String(relative))
    }
}

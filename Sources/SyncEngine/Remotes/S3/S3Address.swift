/// `s3://BUCKET` or `s3://BUCKET/PREFIX`.
package struct S3Address: Hashable, Sendable {
    package let bucket: String
    /// Without slashes at its ends; may be empty.
    package let prefix: String

    /// Nil when `text` is something else.
    package init?(_ text: String) {
        guard text.lowercased().hasPrefix("s3://") else { return nil }
        var parts = text.dropFirst(5).split(separator: "/", omittingEmptySubsequences: false)[...]
        guard let bucket = parts.popFirst(), (1...255).contains(bucket.utf8.count),
            bucket.utf8.allSatisfy(Self.isBucketPart), bucket.contains(where: { $0 != "." })
        else { return nil }
        if parts.last == "" { parts.removeLast() }
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty && part != "." && part != ".."
                && part.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
        }
        guard isPlain else { return nil }
        self.bucket = String(bucket)
        prefix = parts.joined(separator: "/")
        guard prefix.utf8.count <= 800 else { return nil }
    }

    private static func isBucketPart(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// Whether the bucket's name can be part of a host name that one wildcard certificate covers.
    var isHostName: Bool {
        (3...63).contains(bucket.utf8.count) && bucket.first != "-" && bucket.last != "-"
            && bucket.utf8.allSatisfy { Self.isBucketPart($0) && $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "_") }
            && bucket == bucket.lowercased()
    }

    func key(of name: String) -> String { prefix.isEmpty ? name : "\(prefix)/\(name)" }

    package var description: String { prefix.isEmpty ? "s3://\(bucket)" : "s3://\(bucket)/\(prefix)" }
}

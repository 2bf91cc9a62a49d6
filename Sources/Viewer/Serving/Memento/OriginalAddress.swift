package import Models

/// The address of an original page (URI-R) as it stands in an address of ours: whole and unchanged, or percent-encoded by a careful client,
/// or with slashes joined by a careless one.
package struct OriginalAddress: Hashable, Sendable {
    /// In one spelling, fit for headers and addresses.
    package let text: String
    /// Where the page may be found, the first one first.
    package let keys: [ArticleKey]

    /// Nil for what is no address of the web.
    ///
    /// - Parameter rest: all that follows in the request's target, its question mark included.
    package init?(_ rest: some StringProtocol) {
        let start = rest.prefix(12).lowercased()
        let isEncoded = start.hasPrefix("http%3a") || start.hasPrefix("https%3a")
        let raw = isEncoded ? PercentText.decoded(Array(rest.utf8)) : String(rest)
        // `%3F` for the question mark, by those who encode the whole and leave the slashes; names of hosts in other scripts.
        let isPartly = !isEncoded && raw.utf8.contains(UInt8(ascii: "%"))
        let decoded = isPartly ? Self.address(PercentText.decoded(Array(raw.utf8))) : nil
        guard let address = Self.address(raw) ?? decoded else { return nil }
        text = Self.headerText(address.description)
        let key = ArticleKey(address)
        keys = [key] + [decoded.map { ArticleKey($0) }].compactMap(\.self).filter { $0 != key }
    }

    private static func address(_ text: String) -> WebAddress? {
        if let address = WebAddress(text) { return address }
        if text.hasPrefix("//") { return WebAddress("http:" + text) }
        let host = text.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let parts = host.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard let name = parts.first, name.contains(UInt8(ascii: ".")), parts.count <= 2,
            parts.dropFirst().allSatisfy({ $0.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return WebAddress("http://" + text)
    }

    /// Nothing that could end a header, a link or its address.
    static func headerText(_ text: String) -> String {
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x21, 0x23...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E: out.append(byte)
            default: out += Array("%\(Hex.encode([byte]).uppercased())".utf8)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}

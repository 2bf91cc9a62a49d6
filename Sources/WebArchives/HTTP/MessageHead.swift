/// The head of the HTTP message in a record's block.
enum MessageHead {
    /// Heads are kept in memory and as objects.
    static let largest = 1 << 20

    /// How much of the block is the head, the empty line included. Nil when the block is no HTTP message.
    static func length(_ block: [UInt8], _ header: RecordHeader) -> Int? {
        let type = header.type
        let isResponse = type == "response" || type == "revisit"
        guard isResponse || type == "request", header.isARC || isHTTP(header["Content-Type"]) else { return nil }
        if isResponse, !block.starts(with: "HTTP/".utf8) { return nil }
        return block.withUnsafeBytes { block in
            let beginning = UnsafeRawBufferPointer(rebasing: block.prefix(largest))
            if let end = HeaderText.headerEnd(beginning) { return end }
            // A message that ends with its head may lack the empty line.
            return block.count <= largest ? block.count : nil
        }
    }

    /// Writers that leave the type out mean it.
    private static func isHTTP(_ type: String?) -> Bool {
        guard let type else { return true }
        return type.utf8.count >= 16 && type.prefix(16).lowercased() == "application/http"
    }
}

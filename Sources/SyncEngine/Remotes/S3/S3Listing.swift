internal import Models

extension S3Client {
    /// One page after the other of the keys that begin with `prefix`.
    ///
    /// - Parameters:
    ///   - delimiter: keys with that in the rest are given once for all, up to and with it.
    ///   - each: told what stands after the remote's own prefix, and whether it is such a beginning.
    func list(
        _ prefix: String, delimiter: String? = nil, pageSize: Int, each: (_ name: String, _ isBeginning: Bool) -> Void
    ) throws(SyncError) {
        let whole = address.key(of: prefix)
        let skipped = whole.utf8.count - prefix.utf8.count
        var token: String?
        var found = 0
        repeat {
            let page = try page(whole, delimiter, pageSize, after: token)
            let isEncoded = page["EncodingType"] == "url"
            let keys = page.all("Contents").map { ($0["Key"], false) }
            let beginnings = page.all("CommonPrefixes").map { ($0["Prefix"], true) }
            for (text, isBeginning) in keys + beginnings {
                guard let key = isEncoded ? text.flatMap(Self.decoded) : text, key.utf8.starts(with: whole.utf8) else {
                    throw misbehaved("it lists what it was not asked for")
                }
                found += 1
                each(String(decoding: key.utf8.dropFirst(skipped), as: UTF8.self), isBeginning)
            }
            guard found <= Self.mostNames else { throw misbehaved("it lists more than \(Self.mostNames) files") }
            let next = page["IsTruncated"] == "true" ? page["NextContinuationToken"] ?? "" : nil
            if let next, next.isEmpty || next == token || keys.isEmpty && beginnings.isEmpty {
                throw misbehaved("its list does not end")
            }
            token = next
        } while token != nil
    }

    private static let mostNames = 1 << 22

    private func page(
        _ prefix: String, _ delimiter: String?, _ size: Int, after token: String?
    ) throws(SyncError) -> XMLElement {
        var query = [
            ("list-type", "2"), ("prefix", prefix), ("max-keys", String(size)), ("encoding-type", "url"),
        ]
        if let delimiter { query.append(("delimiter", delimiter)) }
        if let token { query.append(("continuation-token", token)) }
        return try document(send(Call(query: query.map { (name: $0, value: $1) }, seconds: 300)), "ListBucketResult")
    }

    func misbehaved(_ reason: String) -> SyncError { .remote(address.description, .misbehaved(reason)) }

    /// Percent-decoded, a `+` for a space.
    static func decoded(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%") {
                guard rest.count >= 2, let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
                else {
                    return nil
                }
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}

internal import Models

/// What a row says, as a number that stands beside it: a byte that decayed on the disk must not pass for a change in an article.
enum RowSum {
    static func of(_ texts: [String?], _ numbers: [Int64?], _ bytes: [UInt8] = []) -> Int64 {
        var content: [UInt8] = []
        for text in texts { content += (text.map { "\"\($0)\"" } ?? "-").utf8 + [0] }
        for number in numbers { content += (number.map { "\($0)" } ?? "-").utf8 + [0] }
        return ObjectID(hashing: content + bytes).bytes.prefix(8).reduce(0) { $0 << 8 | Int64($1) }
    }

    static func check(_ sum: Int64?, _ texts: [String?], _ numbers: [Int64?], _ bytes: [UInt8] = []) throws {
        guard sum == of(texts, numbers, bytes) else { throw failure }
    }

    static var failure: TrackingError { TrackingError("a row of it was changed on the disk") }
}

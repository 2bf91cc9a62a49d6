/// One archive on one machine: the leaf hash of its log's first line, whose detail holds its first public key.
public struct OriginID: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let id: ObjectID

    public init(_ id: ObjectID) { self.id = id }

    /// Nil unless `text` is 64 lower-case hexadecimal digits.
    public init?(_ text: some StringProtocol) {
        guard let id = ObjectID(text) else { return nil }
        self.id = id
    }

    public var description: String { id.description }
    /// The first 12 digits, for people.
    public var short: String { id.short }
    public static func < (a: OriginID, b: OriginID) -> Bool { a.id < b.id }
}

/// `ORIGIN:INDEX`, the stable name of one record, with the origin written in full or abbreviated.
public struct CaptureName: Hashable, Sendable, CustomStringConvertible {
    /// At least 4 lower-case hexadecimal digits.
    public let originPrefix: String
    public let index: Int

    /// Nil unless `text` is `ORIGIN:INDEX`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (4...64).contains(parts[0].utf8.count),
            parts[0].utf8.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }),
            let index = Int(parts[1]), index >= 0, String(index) == parts[1]
        else { return nil }
        originPrefix = String(parts[0])
        self.index = index
    }

    public init(origin: OriginID, index: Int) {
        originPrefix = origin.short
        self.index = index
    }

    public var description: String { "\(originPrefix):\(index)" }
}

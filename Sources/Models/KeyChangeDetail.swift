/// That another key signs for the origin from here on: the old one says so, and the new one agrees.
///
/// `manifests/FORMAT.md`, section 4, has the bytes. A parsed detail is a claim: only its two signatures make it more.
public struct KeyChangeDetail: Hashable, Sendable {
    /// The new key and the one before it, `KIND BASE64` as in `GenesisDetail.key`.
    public let key: String
    public let previous: String
    /// OpenSSH signatures, as in a `.sig` file, over `statement` in the namespace `stet-key-change`: the previous key's and the new key's.
    public let signedByPrevious: String
    public let signedByKey: String
    public let salt: Salt
    public let tool: String

    package init(
        key: String, previous: String, signedByPrevious: String, signedByKey: String, salt: Salt, tool: String
    ) {
        self.key = key
        self.previous = previous
        self.signedByPrevious = signedByPrevious
        self.signedByKey = signedByKey
        self.salt = salt
        self.tool = tool
    }

    init(_ fields: Fields) throws(FormatError) {
        key = try fields.string("key")
        previous = try fields.string("previous")
        signedByPrevious = try fields.string("signedByPrevious")
        signedByKey = try fields.string("signedByKey")
        salt = try fields.salt()
        tool = try fields.string("tool")
    }

    var json: JSON {
        Detail.json(
            .keyChange, salt,
            [
                ("key", .string(key)), ("previous", .string(previous)),
                ("signedByPrevious", .string(signedByPrevious)), ("signedByKey", .string(signedByKey)),
                ("tool", .string(tool)),
            ])
    }

    /// What both keys sign: canonical JSON and a newline. It names the place in the log, so that it cannot be used a second time.
    package static func statement(origin: OriginID, index: Int, key: String, previous: String) -> [UInt8] {
        let members: [JSON.Member] = [
            .init("format", .integer(Detail.format)), .init("index", JSON(index)), .init("key", .string(key)),
            .init("origin", .string(origin.description)), .init("previous", .string(previous)),
        ]
        return JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
    }
}

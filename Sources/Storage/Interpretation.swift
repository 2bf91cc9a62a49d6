public import Models

/// What is computed from a capture: which article it shows, and in which state. Not part of what is signed.
public struct Interpretation: Sendable {
    public let key: ArticleKey
    /// Nil for payloads that are no text.
    public let revision: Revision?

    public init(key: ArticleKey, revision: Revision?) {
        self.key = key
        self.revision = revision
    }

    /// For payloads that are no text, the payload itself is the state.
    func revisionID(payload: ObjectID) -> ObjectID { revision?.id ?? payload }
}

/// How captures are interpreted: given to the archive from outside, because the store knows nothing of pages.
public struct Interpreter: Sendable {
    /// Names the rules: a catalog computed by others is rebuilt.
    public let version: String
    /// Payloads above this many bytes are not read as text; `interpret` gets nil for them.
    public let largestText: Int
    public let interpret: @Sendable (CaptureDetail, [UInt8]?) -> Interpretation

    public init(
        version: String, largestText: Int, interpret: @escaping @Sendable (CaptureDetail, [UInt8]?) -> Interpretation
    ) {
        self.version = version
        self.largestText = largestText
        self.interpret = interpret
    }
}

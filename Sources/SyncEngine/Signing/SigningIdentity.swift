/// Whoever holds a private key and signs with it: this process, or an agent.
public protocol SigningIdentity: Sendable {
    var publicKey: PublicKey { get }
    /// The name under which others may know the key: the principal in `allowed_signers`.
    var comment: String { get }
    /// A signature as SSH encodes it, algorithm and value (RFC 4253, section 6.6).
    ///
    /// - Throws: `SyncError.unusableKey` when the holder does not sign.
    func signature(of message: [UInt8]) throws(SyncError) -> [UInt8]
}

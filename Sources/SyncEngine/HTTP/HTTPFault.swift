internal import Storage

/// Why a server could not be asked, or did not answer as it should.
public struct HTTPFault: Error, Hashable, Sendable {
    public let reason: String
    let kind: Kind

    enum Kind: Hashable, Sendable {
        /// Not reached, broken off or too slow: another try may succeed.
        case connection
        /// The server could not show that it is who it should be.
        case certificate
        /// It sent more than it may.
        case tooLarge
        /// What it said before the body makes the body useless.
        case useless
        /// It sends us to another server.
        case elsewhere
        /// A file of ours could not be read or written.
        case file(FileError)
        case other
    }

    init(_ reason: String, _ kind: Kind = .other) {
        self.reason = reason
        self.kind = kind
    }
}

internal import Glibc

/// A running `ssh-agent` (draft-ietf-sshm-ssh-agent): it holds private keys and signs with them, and never gives one away.
public struct SSHAgent: Sendable {
    /// The path of its socket, as in `$SSH_AUTH_SOCK`.
    private let socket: String

    public init(socket: String) { self.socket = socket }

    private enum Message {
        static let failure: UInt8 = 5
        static let requestIdentities: UInt8 = 11
        static let identities: UInt8 = 12
        static let signRequest: UInt8 = 13
        static let signature: UInt8 = 14
        /// No agent answers with more.
        static let largest = 256 << 10
    }

    /// Every key that it holds and that stet can read, with its comment. None when nobody answers.
    func identities() throws(SyncError) -> [(key: PublicKey, comment: String)] {
        guard let answer = exchange([Message.requestIdentities]) else { return [] }
        var reader = SSHReader(answer)
        guard reader.raw(1) == [Message.identities], let count = reader.uint32() else {
            throw .unusableKey("ssh-agent", "its list of keys cannot be read")
        }
        var found: [(key: PublicKey, comment: String)] = []
        for _ in 0..<count {
            guard let blob = reader.string(), let comment = reader.string() else {
                throw .unusableKey("ssh-agent", "its list of keys cannot be read")
            }
            if let key = PublicKey(blob: blob) { found.append((key, String(decoding: comment, as: UTF8.self))) }
        }
        return found
    }

    /// A signature as SSH encodes it. May take as long as a user takes to touch a security key.
    func signature(of message: [UInt8], by key: PublicKey) throws(SyncError) -> [UInt8] {
        // Without it an agent signs with RSA and SHA-1.
        let rsaWithSHA512: UInt32 = 4
        var flags: UInt32 = 0
        if case .rsa = key.material { flags = rsaWithSHA512 }
        let request =
            [Message.signRequest] + SSHWire.string(key.blob) + SSHWire.string(message) + SSHWire.uint32(flags)
        guard let answer = exchange(request) else { throw .unusableKey(key.fingerprint, "ssh-agent does not answer") }
        var reader = SSHReader(answer)
        guard reader.raw(1) == [Message.signature], let signature = reader.string(), reader.isAtEnd else {
            throw .unusableKey(key.fingerprint, "ssh-agent did not sign")
        }
        return signature
    }

    /// One request and its answer, without their lengths; nil when there is no agent or it hangs up.
    private func exchange(_ request: [UInt8]) -> [UInt8]? {
        guard let connection = connect() else { return nil }
        defer { close(connection) }
        guard send(SSHWire.uint32(UInt32(request.count)) + request, to: connection),
            let head = receive(4, from: connection)
        else { return nil }
        let length = head.reduce(0) { $0 << 8 | Int($1) }
        guard (1...Message.largest).contains(length) else { return nil }
        return receive(length, from: connection)
    }

    private func connect() -> Int32? {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socket.utf8)
        guard !path.isEmpty, path.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        let connection = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard connection >= 0 else { return nil }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { Glibc.connect(connection, $0, size) }
        }
        guard code == 0 else {
            close(connection)
            return nil
        }
        return connection
    }

    private func send(_ bytes: [UInt8], to connection: Int32) -> Bool {
        var at = 0
        while at < bytes.count {
            let count = bytes[at...].withUnsafeBytes {
                Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            at += count
        }
        return true
    }

    private func receive(_ count: Int, from connection: Int32) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: count)
        var at = 0
        while at < count {
            let got = bytes[at...].withUnsafeMutableBytes { recv(connection, $0.baseAddress, $0.count, 0) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return nil }
            at += got
        }
        return bytes
    }
}

/// A key that an agent holds.
struct AgentIdentity: SigningIdentity {
    let agent: SSHAgent
    let publicKey: PublicKey
    let comment: String
    /// Kept alive as long as the key is needed, when the agent is ours.
    let keeper: PrivateAgent?

    func signature(of message: [UInt8]) throws(SyncError) -> [UInt8] {
        try agent.signature(of: message, by: publicKey)
    }
}

/// A session of SFTP version 3 (draft-ietf-secsh-filexfer-02) with some of OpenSSH's extensions.
///
/// Many requests are on their way at once, so that a distant machine is not waited for with each. The other machine is not believed:
/// every answer is parsed strictly and must be one that was asked for.
struct SFTPSession: Sendable {
    /// How long nothing may happen before the other side counts as gone.
    struct Patience: Sendable {
        /// Until the session is there: somebody may have to type a passphrase.
        var beginning = Duration.seconds(150)
        var answer = Duration.seconds(120)
    }

    /// Bytes in one request. Every server must take so many (section 3).
    static let part = 32 << 10
    /// Requests on their way: 2 MiB of data, as much as OpenSSH lets be unacknowledged.
    static let inFlight = 64

    private var channel: SFTPChannel
    let patience: Patience
    private(set) var extensions: Set<SFTPExtension> = []
    private var lastID: UInt32 = 0
    /// Requests whose answer somebody will ask for.
    private var awaited: Set<UInt32> = []
    /// Requests whose answer is of no interest.
    private var ignored: Set<UInt32> = []
    /// Answers that came before they were asked for.
    private var early: [UInt32: SFTPReply] = [:]
    /// How many answers have come that somebody waited for.
    private(set) var answers = 0
    /// Folders whose stale temporaries were removed.
    var swept: Set<String> = []

    /// Begins a session, with all that ssh needs for it.
    init(_ process: LinkedProcess, patience: Patience) throws(SFTPFailure) {
        channel = SFTPChannel(process)
        self.patience = patience
        channel.send([SFTPKind.initialize.rawValue], SSHWire.uint32(3))
        let packet: [UInt8]?
        do throws(SFTPFailure) { packet = try channel.receive(patience: patience.beginning) } catch {
            if case .ended(.misbehaved) = error, let text = channel.strayText {
                throw .broken(
                    "'\(text)' where SFTP should begin: start-up files of the account there must print nothing")
            }
            throw error
        }
        guard let packet else {
            let (words, exit) = channel.lastWords()
            throw .ended(words.fault(exit: exit))
        }
        try begin(packet)
    }

    private mutating func begin(_ packet: [UInt8]) throws(SFTPFailure) {
        var reader = SSHReader(packet)
        guard reader.raw(1) == [SFTPKind.version.rawValue], let version = reader.uint32() else {
            throw .broken("SFTP does not begin with a version")
        }
        guard version == 3 else { throw .broken("it speaks version \(version) of SFTP, not 3") }
        while !reader.isAtEnd {
            guard let name = reader.text(), let data = reader.string() else { throw .broken("extensions without end") }
            if let known = SFTPExtension(rawValue: name), Array(known.version.utf8) == data { extensions.insert(known) }
        }
    }

    // MARK: Requests and answers

    /// Queues a request. Its answer must be asked for with `reply`, or given up with `ignore`.
    mutating func send(_ kind: SFTPKind, _ body: [UInt8], _ more: [UInt8] = []) -> UInt32 {
        lastID &+= 1
        awaited.insert(lastID)
        channel.send([kind.rawValue] + SSHWire.uint32(lastID), body, more)
        return lastID
    }

    mutating func send(_ kind: SFTPExtension, _ body: [UInt8]) -> UInt32 {
        send(.extended, SSHWire.string(kind.rawValue), body)
    }

    mutating func reply(to id: UInt32, within patience: Duration? = nil) throws(SFTPFailure) -> SFTPReply {
        while true {
            if let reply = early.removeValue(forKey: id) { return reply }
            guard let packet = try channel.receive(patience: patience ?? self.patience.answer) else {
                let (words, exit) = channel.lastWords()
                throw .ended(words.loss(exit: exit))
            }
            guard packet.count >= 5 else { throw .broken("a packet of \(packet.count) bytes") }
            let answered = packet[1..<5].reduce(0) { $0 << 8 | UInt32($1) }
            if ignored.remove(answered) != nil { continue }
            guard awaited.remove(answered) != nil else { throw .broken("an answer to nothing that was asked") }
            guard let reply = SFTPReply(packet) else { throw .broken("an answer that does not follow the format") }
            early[answered] = reply
            answers += 1
        }
    }

    mutating func ignore(_ id: UInt32) {
        if awaited.remove(id) != nil { ignored.insert(id) } else { early[id] = nil }
    }

    /// Gives up the answers to all requests that are on their way.
    mutating func ignoreAll() {
        ignored.formUnion(awaited)
        awaited = []
        early = [:]
    }

    /// The answer to a request that is answered by a status alone.
    mutating func status(of id: UInt32, within patience: Duration? = nil) throws(SFTPFailure) -> SFTPStatus {
        guard case .status(let status) = try reply(to: id, within: patience) else {
            throw .broken("an answer of another kind")
        }
        return status
    }

    mutating func succeed(_ id: UInt32, doing: String, within patience: Duration? = nil) throws(SFTPFailure) {
        let status = try status(of: id, within: patience)
        guard status.code == SFTPStatus.ok else { throw .status(status, doing: doing) }
    }

    mutating func handle(from id: UInt32, doing: String) throws(SFTPFailure) -> [UInt8] {
        switch try reply(to: id) {
        case .handle(let handle): return handle
        case .status(let status) where status.code != SFTPStatus.ok: throw .status(status, doing: doing)
        default: throw .broken("an answer of another kind")
        }
    }

    mutating func attributes(from id: UInt32, doing: String) throws(SFTPFailure) -> SFTPAttributes {
        switch try reply(to: id) {
        case .attributes(let attributes): return attributes
        case .status(let status) where status.code != SFTPStatus.ok: throw .status(status, doing: doing)
        default: throw .broken("an answer of another kind")
        }
    }

    /// Nobody waits for it: what was written has been synced before.
    mutating func close(_ handle: [UInt8]) { ignore(send(.close, SSHWire.string(handle))) }
}

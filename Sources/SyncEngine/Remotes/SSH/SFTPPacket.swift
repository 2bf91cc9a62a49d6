internal import Storage

/// Kinds of packets (draft-ietf-secsh-filexfer-02, section 3).
enum SFTPKind: UInt8, Sendable {
    case initialize = 1
    case version = 2
    case open = 3
    case close = 4
    case read = 5
    case write = 6
    case handleAttributes = 8
    case openFolder = 11
    case readFolder = 12
    case remove = 13
    case makeFolder = 14
    case attributes = 17
    case rename = 18
    case status = 101
    case handle = 102
    case data = 103
    case names = 104
    case attributesReply = 105
    case extended = 200
    case extendedReply = 201
}

/// What OpenSSH adds to the protocol (its file PROTOCOL, section 4).
enum SFTPExtension: String, Sendable, CaseIterable {
    /// A rename that replaces.
    case posixRename = "posix-rename@openssh.com"
    case fileSystem = "statvfs@openssh.com"
    case sync = "fsync@openssh.com"

    var version: String { self == .fileSystem ? "2" : "1" }
}

/// What a request came to, in the words of the other machine.
struct SFTPStatus: Hashable, Sendable {
    static let ok: UInt32 = 0
    static let endOfFile: UInt32 = 1
    static let missing: UInt32 = 2
    static let denied: UInt32 = 3
    static let failure: UInt32 = 4
    static let unsupported: UInt32 = 8

    let code: UInt32
    let message: String

    /// The meaning of the code, and what else was said.
    var words: String {
        let meaning =
            switch code {
            case Self.endOfFile: "end of file"
            case Self.missing: "no such file or folder"
            case Self.denied: "permission denied"
            case Self.failure: "failure"
            case Self.unsupported: "it cannot do that"
            default: "status \(code)"
            }
        let known = ["", meaning, "success", "no such file", "operation unsupported", "end of file"]
        return known.contains(message.lowercased()) ? meaning : "\(meaning), \(message)"
    }
}

/// What is known of a file (section 5).
struct SFTPAttributes: Hashable, Sendable {
    var size: Int?
    var permissions: UInt32?
    /// Seconds since 1970 by the other machine's clock.
    var changed: UInt32?

    var isFolder: Bool { permissions.map { $0 & 0xF000 == 0x4000 } ?? false }

    /// Nil when they do not follow the format or the size is larger than any file.
    init?(_ reader: inout SSHReader) {
        guard let flags = reader.uint32(), flags & 0x7FFF_FFF0 == 0 else { return nil }
        if flags & 1 != 0 {
            guard let size = reader.uint64().flatMap({ Int(exactly: $0) }) else { return nil }
            self.size = size
        }
        if flags & 2 != 0, reader.raw(8) == nil { return nil }
        if flags & 4 != 0 {
            guard let permissions = reader.uint32() else { return nil }
            self.permissions = permissions
        }
        if flags & 8 != 0 {
            guard reader.uint32() != nil, let changed = reader.uint32() else { return nil }
            self.changed = changed
        }
        if flags & 0x8000_0000 != 0 {
            guard let count = reader.uint32() else { return nil }
            for _ in 0..<count where reader.string() == nil || reader.string() == nil { return nil }
        }
    }
}

struct SFTPEntry: Hashable, Sendable {
    /// Nil when it cannot be the name of a file of ours.
    let name: String?
    let attributes: SFTPAttributes
}

/// An answer (section 7). Made from what another machine sent: anything.
enum SFTPReply: Sendable {
    case status(SFTPStatus)
    /// At most 256 bytes.
    case handle([UInt8])
    case data(ArraySlice<UInt8>)
    case names([SFTPEntry])
    case attributes(SFTPAttributes)
    case extended([UInt8])

    /// - Parameter packet: without its length: kind, id, and what follows. Nil when it does not follow the format.
    init?(_ packet: [UInt8]) {
        guard packet.count >= 5, let kind = SFTPKind(rawValue: packet[0]) else { return nil }
        if kind == .data {
            let length = packet.dropFirst(5).prefix(4).reduce(0) { $0 << 8 | Int($1) }
            guard packet.count >= 9, length == packet.count - 9 else { return nil }
            self = .data(packet[9...])
            return
        }
        var reader = SSHReader(packet)
        guard reader.raw(5) != nil, let reply = Self.parse(kind, &reader), reader.isAtEnd else { return nil }
        self = reply
    }

    private static func parse(_ kind: SFTPKind, _ reader: inout SSHReader) -> SFTPReply? {
        switch kind {
        case .status:
            guard let code = reader.uint32() else { return nil }
            // Servers of older versions leave the words out.
            if reader.isAtEnd { return .status(SFTPStatus(code: code, message: "")) }
            guard let message = reader.string(), reader.isAtEnd || reader.string() != nil else { return nil }
            return .status(SFTPStatus(code: code, message: SSHWords(message, limit: 200).text))
        case .handle:
            guard let handle = reader.string(), handle.count <= 256 else { return nil }
            return .handle(handle)
        case .names:
            guard let count = reader.uint32() else { return nil }
            var entries: [SFTPEntry] = []
            for _ in 0..<count {
                guard let name = reader.string(), reader.string() != nil, let attributes = SFTPAttributes(&reader)
                else { return nil }
                entries.append(SFTPEntry(name: fileName(name), attributes: attributes))
            }
            return .names(entries)
        case .attributesReply: return SFTPAttributes(&reader).map { .attributes($0) }
        case .extendedReply:
            let rest = reader.rest
            return reader.raw(rest.count).map { .extended($0) }
        default: return nil
        }
    }

    /// A name that is one part of a path and can be printed.
    private static func fileName(_ bytes: [UInt8]) -> String? {
        guard (1...255).contains(bytes.count), bytes != [UInt8(ascii: ".")], bytes != Array("..".utf8),
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
        else { return nil }
        return String(validating: bytes, as: UTF8.self)
    }
}

/// Why a request failed.
enum SFTPFailure: Error {
    /// There is no session any more, or none that can be used.
    case ended(RemoteFault)
    /// The other machine said no; the session goes on.
    case status(SFTPStatus, doing: String)
    case refused(String)
    /// What is there is not what it must be.
    case damaged(String)
    /// A local file.
    case file(FileError)

    static func broken(_ reason: String) -> SFTPFailure { .ended(.misbehaved(reason)) }
}

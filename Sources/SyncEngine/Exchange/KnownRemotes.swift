internal import Models
internal import Storage

/// The remotes that an archive's user has given names to: `state/remotes.json`. Credentials are never in it.
public struct KnownRemotes: Sendable {
    private let path: String

    public init(of archivePath: String) { path = archivePath + "/state/remotes.json" }

    public struct Entry: Hashable, Sendable {
        public let name: String
        /// A folder's absolute path, or a URL.
        public let address: String
        /// To whom what goes there is encrypted; none: to nobody.
        public let recipients: [String]
        /// Files with the keys that open it.
        public let identities: [String]

        public init(name: String, address: String, recipients: [String] = [], identities: [String] = []) {
            self.name = name
            self.address = address
            self.recipients = recipients
            self.identities = identities
        }
    }

    /// Letters, digits, `-`, `_` and `.`, so that no name is taken for an address.
    public static func isName(_ text: String) -> Bool {
        !text.isEmpty && text != "." && text != ".." && !text.hasPrefix("-")
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    /// By name.
    public func entries() throws(SyncError) -> [Entry] {
        guard Files.exists(path) else { return [] }
        let bytes = try syncFile { () throws(FileError) in try Files.read(path, limit: 1 << 20) }
        let unreadable = SyncError.damaged(
            Damage(file: "state/remotes.json", reason: "it does not say what it must; add the remotes again"))
        guard bytes.last == UInt8(ascii: "\n"), let json = try? JSON(canonical: bytes.dropLast()),
            case .object(let members) = json
        else { throw unreadable }
        var entries: [Entry] = []
        for member in members {
            guard let address = member.value["address"]?.string else { throw unreadable }
            entries.append(
                Entry(
                    name: member.name, address: address,
                    recipients: member.value["recipients"]?.array?.compactMap(\.string) ?? [],
                    identities: member.value["identities"]?.array?.compactMap(\.string) ?? []))
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// Replaces the one of the same name.
    public func add(_ entry: Entry) throws(SyncError) {
        try write(try entries().filter { $0.name != entry.name } + [entry])
    }

    /// - Returns: false when there was none of that name.
    public func remove(_ name: String) throws(SyncError) -> Bool {
        let before = try entries()
        let after = before.filter { $0.name != name }
        guard after.count < before.count else { return false }
        try write(after)
        return true
    }

    private func write(_ entries: [Entry]) throws(SyncError) {
        let members = entries.map { entry in
            JSON.Member(
                entry.name,
                [
                    "address": .string(entry.address), "identities": .array(entry.identities.map { .string($0) }),
                    "recipients": .array(entry.recipients.map { .string($0) }),
                ])
        }
        let bytes = JSON.object(members).canonicalBytes + [UInt8(ascii: "\n")]
        try syncFile { () throws(FileError) in try Files.write(bytes, to: path) }
    }
}

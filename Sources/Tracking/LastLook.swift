public import Models
public import Storage

/// Where `changes --since-last` stood. A file of its own among the archive's states: no cache may lose it.
public struct LastLook: Sendable {
    private let path: String

    public init(_ archive: Archive) { path = archive.path + "/state/last-look.json" }

    /// Of each origin's log, how many lines were there; empty before the first look.
    public func read() throws -> [OriginID: Int] {
        guard Files.exists(path) else { return [:] }
        let json = try JSON(parsing: try Files.read(path, limit: 1 << 20))
        guard case .object(let members) = json["logs"] ?? .object([]) else { return [:] }
        var logs: [OriginID: Int] = [:]
        for member in members {
            guard let origin = OriginID(member.name), let size = member.value.integer else { continue }
            logs[origin] = Int(size)
        }
        return logs
    }

    /// Remembers that everything now in `archive` was seen.
    public func write(_ archive: Archive) throws {
        let logs = try archive.logs().map { JSON.Member($0.origin.description, JSON($0.head.size)) }
        let json = JSON.object([.init("logs", .object(logs.sorted { $0.name < $1.name }))])
        try Files.write(json.canonicalBytes + [UInt8(ascii: "\n")], to: path)
    }
}

import Glibc
import Models
import Storage
import SyncEngine

/// What the command takes from the machine it runs on, in one place: time, folders, environment variables.
enum Environment {
    @Sendable static func now() -> Timestamp {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let milliseconds = Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
        return Timestamp(milliseconds: milliseconds) ?? Timestamp(clampingSeconds: Int64(time.tv_sec))
    }

    static func variable(_ name: String) -> String? {
        guard let value = getenv(name), value.pointee != 0 else { return nil }
        return String(cString: value)
    }

    /// All variables.
    static var all: [String: String] {
        var found: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let mark = text.firstIndex(of: "=") {
                found[String(text[..<mark])] = String(text[text.index(after: mark)...])
            }
            next += 1
        }
        return found
    }

    static var workingFolder: String {
        guard let path = getcwd(nil, 0) else { return "." }
        defer { free(path) }
        return String(cString: path)
    }

    static func absolute(_ path: String) -> String {
        let full = path.hasPrefix("/") ? path : workingFolder + "/" + path
        var parts: [Substring] = []
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    /// `--archive`, else `$STET_ARCHIVE`, else the nearest enclosing folder with a `stet.json`.
    static func archivePath(stated: String?) throws -> String? {
        if let stated = stated ?? variable("STET_ARCHIVE") { return absolute(stated) }
        return Archive.enclosing(workingFolder)
    }

    /// Where keys and trust lie, outside every archive.
    static func configurationFolder() throws -> String {
        if let folder = variable("XDG_CONFIG_HOME"), folder.hasPrefix("/") { return folder + "/stet" }
        guard let home = variable("HOME") else { throw Failure.noHome }
        return home + "/.config/stet"
    }

    /// Where bundles on their way lie when there is no archive yet.
    static func downloads() throws -> String {
        if let folder = variable("XDG_CACHE_HOME"), folder.hasPrefix("/") { return folder + "/stet/incoming" }
        guard let home = variable("HOME") else { throw Failure.noHome }
        return home + "/.cache/stet/incoming"
    }

    static func keys() throws -> KeyFolder { KeyFolder(path: try configurationFolder() + "/keys") }
    static func keyRing() throws -> KeyRing {
        KeyRing(folder: try keys(), agent: variable("SSH_AUTH_SOCK").map { SSHAgent(socket: $0) })
    }
    static func trust() throws -> TrustFile { TrustFile(path: try configurationFolder() + "/allowed_signers") }

    /// Who is believed about time: the certificates in the user's own folder, and those named for this run.
    static func authorities(_ files: [String] = []) throws -> TimeAuthorities {
        try TimeAuthorities(folder: try configurationFolder() + "/tsa", files: files.map { absolute($0) })
    }
}

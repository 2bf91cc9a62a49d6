import Models
import Storage
import SyncEngine

/// Which remote the user means, opened.
enum RemoteChoice {
    /// By the name it was given in this archive, else by its address; with neither, the only one that has a name.
    static func open(_ stated: String?, archive: String) throws -> any Remote {
        let known = try KnownRemotes(of: archive).entries()
        guard let stated else {
            guard known.count == 1, let only = known.first else {
                let names = known.map(\.name).joined(separator: ", ")
                throw Failure(
                    "whichRemote", exit: 64,
                    known.isEmpty ? "no remote is known here" : "several remotes are known: \(names)",
                    known.isEmpty ? "'stet remote add NAME ADDRESS', or give the address" : "name one of them")
            }
            return try open(only)
        }
        if let entry = known.first(where: { $0.name == stated }) { return try open(entry) }
        guard stated.contains("/") || Files.isFolder(Environment.absolute(stated)) else {
            throw Failure(
                "noSuchRemote", exit: 66, "no remote is called '\(stated)', and there is no such folder",
                "for a new folder write './\(stated)'; 'stet remote list' shows those that have names")
        }
        return try open(address: stated)
    }

    static func open(address: String) throws -> any Remote {
        FolderRemote(path: Environment.absolute(address))
    }

    private static func open(_ entry: KnownRemotes.Entry) throws -> any Remote { try open(address: entry.address) }
}

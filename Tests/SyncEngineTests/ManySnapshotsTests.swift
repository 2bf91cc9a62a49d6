import Foundation
import Models
import Storage
import SyncEngine
import Synchronization
import Testing

/// Another remote, as if it were far away: every call is a request, and counted.
private final class DistantRemote: Remote {
    let inner: FolderRemote
    let requests = Atomic<Int>(0)
    let bytes = Atomic<Int>(0)
    var address: String { "test://far" }
    var canWrite: Bool { true }

    init(_ path: String) { inner = FolderRemote(path: path) }

    private func count(_ size: Int) {
        requests.add(1, ordering: .relaxed)
        bytes.add(size, ordering: .relaxed)
    }

    func names(under prefix: String) throws(SyncError) -> [String] {
        let names = try inner.names(under: prefix)
        count(names.reduce(0) { $0 + $1.utf8.count })
        return names
    }

    /// As buckets answer it, without listing everything.
    func stems(in folder: String) throws(SyncError) -> Set<String> {
        let stems = try inner.stems(in: folder)
        count(stems.reduce(0) { $0 + $1.utf8.count })
        return stems
    }

    func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let bytes = try inner.read(name, limit: limit)
        count(bytes?.count ?? 0)
        return bytes
    }

    func download(_ name: String, to path: String, size: Int, progress: (Int) -> Void) throws(SyncError) {
        try inner.download(name, to: path, size: size, progress: progress)
        count(size)
    }

    func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        try inner.upload(bytes, to: name)
        count(bytes.count)
    }

    func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        try inner.upload(file: path, to: name, progress: progress)
        count(0)
    }

    func remove(_ name: String) throws(SyncError) {
        try inner.remove(name)
        count(0)
    }
}

@Suite("Remotes with many snapshots")
struct ManySnapshotsTests {
    /// An archive with that many snapshots of one capture each, as years of use leave it; made at once, since making them one by one takes
    /// hours. A bundle holds the captures of several.
    private func fill(_ press: Archive, snapshots: Int, _ place: Workplace, _ key: SigningKey) throws {
        _ = try press.record(
            (0..<snapshots).map { number in
                place.observation("Story \(number)\n\nNumber \(number).", "https://post.example/\(number)")
            })
        let made = try place.snapshot(press, key, largestBundle: 24_000)
        #expect(made.bundleFiles.count > snapshots / 20)
        var lists: [Int: PackingList] = [:]
        for file in made.bundleFiles {
            let list = try PackingList(parsing: try Files.read("\(press.path)/\(file.dropLast(8)).json"))
            lists[list.to] = list
        }
        var tree = MerkleFrontier()
        var previous: ObjectID?
        for line in try press.lines(0..<snapshots + 1, of: press.origin) {
            tree.append(line.leafHash)
            guard line.index > 0 else { continue }
            let manifest = Manifest(
                origin: press.origin, name: press.name, number: line.index, created: Workplace.time, message: "",
                previous: previous, log: .init(size: tree.size, root: tree.root), captures: line.index, heads: [:])
            previous = manifest.id
            try sign(manifest.bytes, as: "\(press.manifestsFolder)/\(manifest.fileName)", .manifest, key)
            guard let list = lists[tree.size] else { continue }
            // As if it had been packed for this snapshot.
            let changed = PackingList(
                origin: list.origin, from: list.from, to: list.to, sha256: list.sha256, bytes: list.bytes,
                contentBytes: list.contentBytes, objects: list.objects, manifest: manifest.id)
            try sign(changed.encoded, as: "\(press.bundlesFolder)/\(list.fileName)", .bundle, key)
        }
    }

    private func sign(_ bytes: [UInt8], as path: String, _ namespace: SSHSignature.Namespace, _ key: SigningKey) throws
    {
        let signature = try SSHSignature(signing: bytes, namespace: namespace, with: key)
        try Data(signature.armored.utf8).write(to: URL(filePath: path + ".sig"))
        try Data(bytes).write(to: URL(filePath: path))
    }

    @Test("asking a remote with many snapshots for news takes a few requests, whatever their number")
    func requests() throws {
        let count = ProcessInfo.processInfo.environment["STET_TEST_SNAPSHOTS"].flatMap { Int($0) } ?? 60
        let place = try Workplace()
        let key = SigningKey(comment: "desk")
        let trust = Workplace.trust([key])
        let press = try place.archive("press", key: key)
        try fill(press, snapshots: count, place, key)
        let remote = DistantRemote(place.path("remote"))
        let pusher = try Pusher(press, to: remote, trust: trust, tool: "test")
        try pusher.send(try pusher.plan(), key: nil)
        let copy = try place.archive("copy", key: SigningKey(comment: "field"))
        let first = try Puller(copy, from: remote, trust: trust, tool: "test")
        #expect(try first.take(try first.plan()).taken.count == 1)

        remote.requests.store(0, ordering: .relaxed)
        remote.bytes.store(0, ordering: .relaxed)
        let begin = ContinuousClock.now
        let plan = try Puller(copy, from: remote, trust: trust, tool: "test").plan()
        let spent = ContinuousClock.now - begin
        #expect(plan.arrivals.isEmpty && plan.refused.isEmpty && plan.settled == 1)
        let (asked, bytes) = (remote.requests.load(ordering: .relaxed), remote.bytes.load(ordering: .relaxed))
        print("\(count) snapshots: nothing new in \(asked) requests, \(bytes) bytes, \(spent)")
        #expect(asked <= 6, "\(asked) requests")

        remote.requests.store(0, ordering: .relaxed)
        let again = try Pusher(press, to: remote, trust: trust, tool: "test")
        #expect(try again.send(try again.plan(), key: nil) == 0)
        #expect(remote.requests.load(ordering: .relaxed) <= 9)
    }
}

package import Models
internal import Storage

/// A bucket of an S3 server, or what lies under a prefix in it.
///
/// Servers differ in what they make of conditions, so none is ever set: files have names of their own, each is put there in one step, and what
/// is read is checked by whoever reads it.
package struct S3Remote: Remote {
    package struct Options: Sendable {
        /// A file that is larger is sent in parts of this size: what is lost when the connection breaks, and what is lost no more when the
        /// command is run again. S3 allows no less than 5 MiB.
        package var partSize = 16 << 20
        /// Names asked for at a time; servers give 1,000 at most.
        package var pageSize = 1000
        package var http = HTTPClient.Options()
        package var clock: @Sendable () -> Timestamp
        package init(clock: @escaping @Sendable () -> Timestamp) { self.clock = clock }
    }

    private let client: S3Client
    private let options: Options

    package var address: String { client.address.description }
    package var canWrite: Bool { true }
    package var traffic: HTTPTraffic { client.http.traffic }

    /// - Parameters:
    ///   - address: `s3://BUCKET/PREFIX`
    ///   - environment: where AWS's own tools look for credentials, regions and endpoints, and for the names of files with them.
    package init(_ address: String, environment: [String: String], options: Options) throws(SyncError) {
        guard let parsed = S3Address(address) else {
            throw .remote("an s3:// address", .misconfigured("it is not of the form s3://BUCKET/PREFIX"))
        }
        let settings: S3Settings
        do throws(S3Settings.Complaint) { settings = try S3Settings(for: parsed, environment: environment) } catch {
            throw .remote(parsed.description, .misconfigured(error.reason))
        }
        var http = options.http
        if let path = settings.certificates { http.certificates = path }
        client = S3Client(
            address: parsed, settings: settings, http: HTTPClient(http), clock: options.clock)
        self.options = options
    }

    /// Makes the bucket. Pushing never does: a bucket that is not there is a mistake in its name more often than not.
    package func makeBucket() throws(SyncError) {
        let answer = try client.send(S3Client.Call(method: .put))
        guard answer.head.isSuccess else { throw client.refusal(answer) }
    }

    package func names(under prefix: String) throws(SyncError) -> [String] {
        var names: [String] = []
        try client.list(prefix, pageSize: options.pageSize) { name, _ in
            if RemoteName.isAllowed(name) { names.append(name) }
        }
        return names
    }

    package func stems(in folder: String) throws(SyncError) -> Set<String> {
        var stems: Set<String> = []
        try client.list("\(folder)/", delimiter: "-", pageSize: options.pageSize) { name, isBeginning in
            let name = isBeginning ? String(name.dropLast()) : name
            if RemoteName.isAllowed(name) { stems.insert(String(name.dropFirst(folder.utf8.count + 1))) }
        }
        return stems
    }

    package func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let answer = try client.send(
            S3Client.Call(key: client.address.key(of: name), seconds: 600),
            receive: { head in .memory(limit: (head.length ?? 0) > limit ? 0 : limit) })
        switch answer.status {
        case 200: return answer.body
        case 404 where client.complaint(answer).code != "NoSuchBucket": return nil
        default: throw client.refusal(answer)
        }
    }

    package func download(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        var call = S3Client.Call(key: client.address.key(of: name))
        let answer: HTTPAnswer?
        do throws(HTTPFault) {
            answer = try client.http.download(
                to: path, size: size, progress: progress, isTransient: { client.isTransient($0) },
                { range throws(HTTPFault) in
                    call.headers = range.map { [("Range", $0)] } ?? []
                    return client.request(for: call)
                })
        } catch {
            throw client.failure(error, about: call)
        }
        guard let answer, !answer.head.isSuccess else { return }
        if answer.status == 404, client.complaint(answer).code != "NoSuchBucket" {
            throw .damaged(Damage(file: name, reason: "it is missing"))
        }
        throw client.refusal(answer)
    }

    package func upload(_ bytes: [UInt8], to name: String) throws(SyncError) {
        let answer = try client.send(
            S3Client.Call(
                method: .put, key: client.address.key(of: name), body: .bytes(bytes), digests: BodyDigests(of: bytes)))
        guard answer.status == 200 else { throw client.refusal(answer) }
    }

    package func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        let file = try syncFile { () throws(FileError) in try OpenFile(reading: path) }
        let size = try syncFile { () throws(FileError) in try file.size() }
        let key = client.address.key(of: name)
        if size > options.partSize {
            try MultipartUpload(client: client, key: key, partSize: options.partSize).send(file, size, progress)
        } else {
            try put(file, size, key, progress)
        }
    }

    private func put(
        _ file: borrowing OpenFile, _ size: Int, _ key: String, _ progress: (Int) -> Void
    ) throws(SyncError) {
        var call = S3Client.Call(method: .put, key: key)
        call.body = .file(descriptor: file.descriptor, path: file.path, offset: 0, count: size)
        do throws(FileError) { call.digests = try BodyDigests(of: file, offset: 0, count: size) } catch {
            throw .file(error)
        }
        let answer = try client.send(call, progress: progress)
        guard answer.status == 200 else { throw client.refusal(answer) }
    }

    package func remove(_ name: String) throws(SyncError) {
        let answer = try client.send(S3Client.Call(method: .delete, key: client.address.key(of: name)))
        if answer.head.isSuccess { return }
        if answer.status == 404, client.complaint(answer).code == "NoSuchKey" { return }
        throw client.refusal(answer)
    }
}

internal import Models
internal import Storage
internal import Synchronization

/// A remote that a web server hands out, any that serves files. It can only be read.
///
/// A web server cannot be asked what it has: `manifests/index.json` says so, see `RemoteIndex`.
package struct HTTPRemote: Remote {
    package let address: String
    package var canWrite: Bool { false }
    private let client: HTTPClient
    private let index = IndexCache()
    package var traffic: HTTPTraffic { client.traffic }

    /// - Parameters:
    ///   - address: `http://` or `https://`, a host and a path. Names and passwords have no place in it: they stand in `~/.netrc`.
    ///   - environment: `HOME`, and `CURL_CA_BUNDLE` or `SSL_CERT_FILE` where the system's authorities are not those to believe.
    package init(
        _ address: String, environment: [String: String], options: HTTPClient.Options = HTTPClient.Options()
    ) throws(SyncError) {
        guard let parsed = Self.parse(address) else {
            // Without the address: a name and a password may stand in it, or a token.
            throw .remote(
                "this web address",
                .misconfigured(
                    address.contains("@")
                        ? "put the name and the password into ~/.netrc"
                        : "it is not of the form https://HOST/PATH, without '?' and '#'"))
        }
        var text = parsed.description
        while text.hasSuffix("/") { text.removeLast() }
        self.address = text
        var options = options
        options.certificates = environment["CURL_CA_BUNDLE"] ?? environment["SSL_CERT_FILE"] ?? options.certificates
        options.netrc = environment["HOME"].map { "\($0)/.netrc" } ?? options.netrc
        client = HTTPClient(options)
    }

    /// Nil for what browsers would make something of, too, such as `http:///host`.
    private static func parse(_ address: String) -> WebAddress? {
        guard let parsed = WebAddress(address), parsed.query == nil, !address.contains("@"), !address.contains("#")
        else {
            return nil
        }
        let rest = address.dropFirst(parsed.scheme.utf8.count)
        return rest.hasPrefix("://") && !rest.hasPrefix(":///") ? parsed : nil
    }

    package func names(under prefix: String) throws(SyncError) -> [String] { try readIndex().names(under: prefix) }

    package func stems(in folder: String) throws(SyncError) -> Set<String> { try readIndex().stems(in: folder) }

    package func read(_ name: String, limit: Int) throws(SyncError) -> [UInt8]? {
        let answer = try get(name, limit: limit)
        if answer.status == 404 || answer.status == 410 { return nil }
        guard answer.status == 200 else { throw refusal(answer) }
        return answer.body
    }

    package func download(
        _ name: String, to path: String, size: Int, progress: (Int) -> Void
    ) throws(SyncError) {
        let answer: HTTPAnswer?
        do throws(HTTPFault) {
            answer = try client.download(to: path, size: size, progress: progress) { range throws(HTTPFault) in
                var request = request(for: name)
                if let range { request.headers.append(("Range", range)) }
                return request
            }
        } catch {
            throw failure(error, about: name)
        }
        guard let answer, !answer.head.isSuccess else { return }
        if answer.status == 404 || answer.status == 410 {
            throw .damaged(Damage(file: name, reason: "it is missing"))
        }
        throw refusal(answer)
    }

    package func upload(_ bytes: [UInt8], to name: String) throws(SyncError) { throw fault(.readOnly) }

    package func upload(file path: String, to name: String, progress: (Int) -> Void) throws(SyncError) {
        throw fault(.readOnly)
    }

    package func remove(_ name: String) throws(SyncError) { throw fault(.readOnly) }

    private func request(for name: String) -> HTTPRequest {
        var request = HTTPRequest(url: "\(address)/\(PercentEncoding.encodePath(name))")
        // Bytes as they lie there: packed on the way, they could neither be resumed nor measured.
        request.headers = [("Accept-Encoding", "identity")]
        request.followsRedirects = true
        return request
    }

    private func get(
        _ name: String, limit: Int, headers: [(name: String, value: String)] = []
    ) throws(SyncError) -> HTTPAnswer {
        do throws(HTTPFault) {
            return try client.send(
                { () throws(HTTPFault) in
                    var request = request(for: name)
                    request.headers += headers
                    request.seconds = 600
                    return request
                },
                receive: { head in .memory(limit: (head.length ?? 0) > limit ? 0 : limit) })
        } catch {
            throw failure(error, about: name)
        }
    }

    private func failure(_ fault: HTTPFault, about name: String) -> SyncError {
        switch fault.kind {
        case .file(let error): .file(error)
        case .connection, .certificate: self.fault(.unreachable(fault.reason))
        case .tooLarge: .damaged(Damage(file: name, reason: "it is larger than any such file can be"))
        case .useless: .damaged(Damage(file: name, reason: fault.reason))
        case .elsewhere, .other: self.fault(.misbehaved(fault.reason))
        }
    }

    private func refusal(_ answer: HTTPAnswer) -> SyncError {
        let said = "the server answers with status \(answer.status)"
        switch answer.status {
        case 401, 407: return fault(.refused("\(said): put a name and a password for it into ~/.netrc"))
        case 403, 405, 451: return fault(.refused(said))
        case 408, 429, 500...599: return fault(.unreachable("\(said), again and again"))
        default: return fault(.misbehaved(said))
        }
    }

    /// The index as it was read last, and what the server called that state of it.
    private final class IndexCache: Sendable {
        struct State {
            var index = RemoteIndex()
            /// The header that asks for anything newer only.
            var condition: (name: String, value: String)?
        }
        let state = Mutex(State())
    }

    private func readIndex() throws(SyncError) -> RemoteIndex {
        let known = index.state.withLock { $0 }
        let answer = try get(
            RemoteIndex.name, limit: RemoteIndex.largest, headers: known.condition.map { [$0] } ?? [])
        if answer.status == 304, known.condition != nil { return known.index }
        if answer.status == 404 || answer.status == 410 {
            throw fault(
                .misconfigured(
                    "it has no \(RemoteIndex.name), and a web server cannot be listed: whoever publishes it must 'stet push' "
                        + "to the folder that it serves, which writes one"))
        }
        guard answer.status == 200 else { throw refusal(answer) }
        let read: RemoteIndex
        do throws(RemoteIndex.Malformed) { read = try RemoteIndex(parsing: answer.body) } catch {
            throw fault(.misbehaved("its \(RemoteIndex.name) cannot be used: \(error.reason)"))
        }
        let headers = answer.head.headers
        // A strong tag alone says that every byte is the same; a date may stand for two states within one second.
        let tag = headers["etag"].flatMap { $0.hasPrefix("\"") && $0.utf8.count < 256 ? $0 : nil }
        index.state.withLock { state in
            state.index = read
            state.condition = tag.map { ("If-None-Match", $0) }
        }
        return read
    }
}

private import CCurl
internal import Models
internal import Synchronization

/// Asks servers over HTTP and HTTPS, in bounded memory, keeping connections open from one request to the next.
///
/// Proxies come from the process's environment (`https_proxy` and so on), as in every program built on libcurl. Certificates are checked.
package final class HTTPClient: Sendable {
    package struct Options: Sendable {
        package var agent = "stet"
        package var connectSeconds = 15
        /// A connection over which hardly anything comes for so long is given up.
        package var idleSeconds = 60
        /// Authorities to believe instead of the system's, in PEM form.
        package var certificates: String?
        /// A file of names and passwords for hosts, as `ftp` and `curl` read it.
        package var netrc: String?
        package var retry = RetryPolicy()
        package init() {}
    }

    /// A connection of libcurl's and what it keeps, used by whoever has taken it out of the pool, and by nobody else.
    private struct Handle: @unchecked Sendable {
        let pointer: UnsafeMutableRawPointer
    }

    private let options: Options
    private let idle = Mutex<[Handle]>([])
    private let counted = Mutex(HTTPTraffic())

    /// Takes milliseconds, so it is not done before there is something to ask.
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    private static let mostRedirects = 5
    /// So many bytes received make a broken connection one that works.
    private static let headway = 1 << 16

    package init(_ options: Options = Options()) { self.options = options }

    deinit {
        for handle in idle.withLock({ $0 }) { curl_easy_cleanup(handle.pointer) }
    }

    package var traffic: HTTPTraffic { counted.withLock { $0 } }

    /// Asks until there is an answer that another try would not change.
    ///
    /// - Parameters:
    ///   - progress: told the bytes that go into a file, and those of the body that leave.
    ///   - isTransient: whether an answer is worth another try that does not look like it.
    ///   - make: the request, made anew for each try.
    ///   - receive: where the body of a success goes.
    func send(
        progress: (Int) -> Void = { _ in }, isTransient: (HTTPAnswer) -> Bool = { _ in false },
        _ make: () throws(HTTPFault) -> HTTPRequest, receive: (HTTPHead) -> HTTPReception
    ) throws(HTTPFault) -> HTTPAnswer {
        var attempt = 1
        var told = 0
        while true {
            let request = try make()
            let (result, received) = follow(request, told: &told, progress, receive)
            if received >= Self.headway { attempt = 1 }
            let isLast = attempt >= options.retry.attempts
            switch result {
            case .success(let answer):
                let isPassing = [408, 429, 500, 502, 503, 504].contains(answer.status) || isTransient(answer)
                guard isPassing, !isLast else { return answer }
                options.retry.wait(after: attempt, asked: answer.head.headers["retry-after"].flatMap { Int($0) })
            case .failure(let fault):
                guard fault.kind == .connection, !isLast else { throw fault }
                options.retry.wait(after: attempt, asked: nil)
            }
            attempt += 1
        }
    }

    /// One try, over all redirects.
    private func follow(
        _ first: HTTPRequest, told: inout Int, _ progress: (Int) -> Void, _ receive: (HTTPHead) -> HTTPReception
    ) -> (Result<HTTPAnswer, HTTPFault>, received: Int) {
        var request = first
        for _ in 0...Self.mostRedirects {
            let (result, received, target) = perform(request, told: &told, progress, receive)
            guard request.followsRedirects, case .success(let answer) = result, (300..<400).contains(answer.status),
                let target
            else { return (result, received) }
            guard let from = WebAddress(request.url), let to = WebAddress(target), from.scheme == to.scheme,
                from.host == to.host, from.port == to.port
            else {
                let place = WebAddress(target).map { "\($0.scheme)://\($0.host)" } ?? "somewhere"
                return (.failure(HTTPFault("it sends us elsewhere, to \(place)", .elsewhere)), received)
            }
            request.url = target
        }
        return (.failure(HTTPFault("it sends us from one place to the next without end", .elsewhere)), 0)
    }

    private func perform(
        _ request: HTTPRequest, told: inout Int, _ progress: (Int) -> Void, _ receive: (HTTPHead) -> HTTPReception
    ) -> (Result<HTTPAnswer, HTTPFault>, received: Int, redirect: String?) {
        guard Self.isReady, let handle = idle.withLock({ $0.popLast() })?.pointer ?? curl_easy_init() else {
            return (.failure(HTTPFault("libcurl cannot be used")), 0, nil)
        }
        defer {
            // Connections stay open; what was set for this request does not.
            curl_easy_reset(handle)
            let handle = Handle(pointer: handle)
            idle.withLock { $0.append(handle) }
        }
        var headers: UnsafeMutablePointer<curl_slist>?
        for (name, value) in request.headers + [("Expect", "")] {
            headers = curl_slist_append(headers, value.isEmpty ? "\(name):" : "\(name): \(value)")
        }
        defer { curl_slist_free_all(headers) }
        return withoutActuallyEscaping(progress) { progress in
            withoutActuallyEscaping(receive) { receive in
                let transfer = HTTPTransfer(request.body, told: told, progress: progress, receive: receive)
                configure(handle, for: request)
                stet_curl_set_list(handle, CURLOPT_HTTPHEADER, headers)
                let fault = run(handle, transfer)
                told = transfer.told
                count(handle)
                if let fault { return (.failure(fault), transfer.received, nil) }
                var target: UnsafePointer<CChar>?
                stet_curl_get_text(handle, CURLINFO_REDIRECT_URL, &target)
                let answer = HTTPAnswer(head: transfer.head, body: transfer.bytes)
                return (.success(answer), transfer.received, target.map { String(cString: $0) })
            }
        }
    }

    private func run(_ handle: UnsafeMutableRawPointer, _ transfer: HTTPTransfer) -> HTTPFault? {
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code: CURLcode = message.withUnsafeMutableBufferPointer { message in
            stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message.baseAddress)
            defer { stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil) }
            transfer.attach(to: handle)
            return withExtendedLifetime(transfer) { curl_easy_perform(handle) }
        }
        if code == CURLE_OK { transfer.finish() }
        if let failure = transfer.failure { return failure }
        // An answer that is no success may have been cut short by us, or by a server that wants no more of what we send.
        if code == CURLE_OK || (transfer.head.status >= 300 && code == CURLE_WRITE_ERROR) { return nil }
        let said = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return HTTPFault(said.isEmpty ? String(cString: curl_easy_strerror(code)) : said, Self.kind(of: code))
    }

    private static func kind(of code: CURLcode) -> HTTPFault.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_PARTIAL_FILE,
            CURLE_OPERATION_TIMEDOUT, CURLE_SSL_CONNECT_ERROR, CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR:
            .connection
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR: .certificate
        default: .other
        }
    }

    private func count(_ handle: UnsafeMutableRawPointer) {
        var numbers = [Int](repeating: 0, count: 2)
        stet_curl_get_number(handle, CURLINFO_REQUEST_SIZE, &numbers[0])
        stet_curl_get_number(handle, CURLINFO_HEADER_SIZE, &numbers[1])
        var sizes = [curl_off_t](repeating: 0, count: 2)
        stet_curl_get_size(handle, CURLINFO_SIZE_UPLOAD_T, &sizes[0])
        stet_curl_get_size(handle, CURLINFO_SIZE_DOWNLOAD_T, &sizes[1])
        counted.withLock { traffic in
            traffic.requests += 1
            traffic.sent += numbers[0] + Int(sizes[0])
            traffic.received += numbers[1] + Int(sizes[1])
        }
    }

    private func configure(_ handle: UnsafeMutableRawPointer, for request: HTTPRequest) {
        stet_curl_set_text(handle, CURLOPT_URL, request.url)
        stet_curl_set_number(handle, CURLOPT_PATH_AS_IS, 1)
        stet_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        stet_curl_set_text(handle, CURLOPT_USERAGENT, options.agent)
        stet_curl_set_number(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // Signals belong to the process, not to a thread of it.
        stet_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        stet_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, options.connectSeconds)
        stet_curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 32)
        stet_curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, options.idleSeconds)
        stet_curl_set_number(handle, CURLOPT_TIMEOUT, request.seconds)
        stet_curl_set_number(handle, CURLOPT_BUFFERSIZE, 1 << 18)
        stet_curl_set_number(handle, CURLOPT_UPLOAD_BUFFERSIZE, 1 << 18)
        if let path = options.certificates { stet_curl_set_text(handle, CURLOPT_CAINFO, path) }
        if let path = options.netrc {
            stet_curl_set_number(handle, CURLOPT_NETRC, Int(CURL_NETRC_OPTIONAL.rawValue))
            stet_curl_set_text(handle, CURLOPT_NETRC_FILE, path)
        }
        switch request.method {
        case .get: stet_curl_set_number(handle, CURLOPT_HTTPGET, 1)
        case .head: stet_curl_set_number(handle, CURLOPT_NOBODY, 1)
        case .put:
            stet_curl_set_number(handle, CURLOPT_UPLOAD, 1)
            stet_curl_set_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(request.body.count))
        case .post:
            stet_curl_set_number(handle, CURLOPT_POST, 1)
            stet_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count))
        case .delete: stet_curl_set_text(handle, CURLOPT_CUSTOMREQUEST, "DELETE")
        }
    }
}

private import CCurl
internal import Glibc
internal import Models
internal import WebArchives

/// What one hop asks for.
struct HopRequest {
    let address: WebAddress
    var fields: [(name: String, value: String)] = []
    var limit: Int
    /// What is beyond the limit is left out, not refused.
    var isCuttable = false
    var allowsPrivate: Bool
    /// Instead of the options' own.
    var agent: String?
}

/// A handle of libcurl's for the hops to one page. Every hop has a connection of its own, so that each shows its address and certificates;
/// cookies that one hop sets go along with the next ones, and are gone with the session.
final class WebSession {
    private let options: FetchOptions
    private let handle: UnsafeMutableRawPointer
    private static let isReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK
    /// Names of hosts in other scripts are read in the locale's encoding.
    nonisolated(unsafe) private static let locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)

    /// Nil when libcurl cannot be used.
    init?(_ options: FetchOptions) {
        guard Self.isReady, let handle = curl_easy_init() else { return nil }
        self.options = options
        self.handle = handle
    }

    deinit { curl_easy_cleanup(handle) }

    func perform(_ request: HopRequest, startedAt: Timestamp) -> Exchange {
        let earlier = Self.locale.map { uselocale($0) }
        defer { if let earlier { uselocale(earlier) } }
        var exchange = Exchange(request.address, startedAt: startedAt)
        let proxy = options.proxies.proxy(for: request.address)
        exchange.isProxied = proxy != nil
        let transfer = PageTransfer(
            limit: request.limit, isCuttable: request.isCuttable,
            allowsPrivate: request.allowsPrivate || proxy != nil)
        var fields: UnsafeMutablePointer<curl_slist>?
        for (name, value) in Self.fields + request.fields { fields = curl_slist_append(fields, "\(name): \(value)") }
        defer { curl_slist_free_all(fields) }
        configure(for: request)
        // What libcurl would find in the environment must not say otherwise than what was decided here.
        stet_curl_set_text(handle, CURLOPT_PROXY, proxy ?? "")
        stet_curl_set_text(handle, CURLOPT_NOPROXY, "")
        stet_curl_set_number(handle, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
        stet_curl_set_list(handle, CURLOPT_HTTPHEADER, fields)
        transfer.attach(to: handle)
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        let code: CURLcode = message.withUnsafeMutableBufferPointer { message in
            stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message.baseAddress)
            defer { stet_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, nil) }
            return withExtendedLifetime(transfer) { curl_easy_perform(handle) }
        }
        exchange.request = transfer.request
        exchange.head = transfer.head
        exchange.body = transfer.body
        exchange.isCut = transfer.isCut
        exchange.tls = transfer.tls
        exchange.status = ResponseHead(parsing: transfer.head)?.status
        describe(&exchange)
        if code != CURLE_OK, !transfer.isCut {
            exchange.outcome = transfer.outcome ?? (transfer.isKeptOut ? .privateAddress : outcome(of: code))
            let said = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            // libcurl names the proxy in what it says.
            exchange.reason = said.isEmpty || exchange.isProxied ? String(cString: curl_easy_strerror(code)) : said
        } else if exchange.status == nil {
            exchange.outcome = .malformed
        }
        return exchange
    }

    /// What is received is what is kept, so it is asked for as it is.
    private static let fields = [
        (name: "Accept", value: "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8"),
        (name: "Accept-Encoding", value: "identity"),
    ]

    private func configure(for request: HopRequest) {
        curl_easy_reset(handle)
        stet_curl_set_text(handle, CURLOPT_URL, request.address.description)
        stet_curl_set_number(handle, CURLOPT_HTTPGET, 1)
        stet_curl_set_number(handle, CURLOPT_PATH_AS_IS, 1)
        stet_curl_set_text(handle, CURLOPT_PROTOCOLS_STR, "http,https")
        stet_curl_set_text(handle, CURLOPT_USERAGENT, request.agent ?? options.agent)
        stet_curl_set_text(handle, CURLOPT_COOKIEFILE, "")
        // The head as it is sent and received byte for byte: HTTP/2 has none.
        stet_curl_set_number(handle, CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        stet_curl_set_number(handle, CURLOPT_FRESH_CONNECT, 1)
        stet_curl_set_number(handle, CURLOPT_FORBID_REUSE, 1)
        stet_curl_set_number(handle, CURLOPT_CERTINFO, 1)
        // Signals belong to the process, not to a thread of it.
        stet_curl_set_number(handle, CURLOPT_NOSIGNAL, 1)
        stet_curl_set_number(handle, CURLOPT_CONNECTTIMEOUT, options.connectSeconds)
        stet_curl_set_number(handle, CURLOPT_LOW_SPEED_LIMIT, 32)
        stet_curl_set_number(handle, CURLOPT_LOW_SPEED_TIME, options.idleSeconds)
        stet_curl_set_number(handle, CURLOPT_TIMEOUT, options.totalSeconds)
        stet_curl_set_number(handle, CURLOPT_BUFFERSIZE, 1 << 17)
        if let path = options.authorities { stet_curl_set_text(handle, CURLOPT_CAINFO, path) }
    }

    private func describe(_ exchange: inout Exchange) {
        if !exchange.isProxied {
            var text: UnsafePointer<CChar>?
            stet_curl_get_text(handle, CURLINFO_PRIMARY_IP, &text)
            if let text, text.pointee != 0 { exchange.place = String(cString: text) }
            var port = 0
            stet_curl_get_number(handle, CURLINFO_PRIMARY_PORT, &port)
            if port > 0 { exchange.port = port }
        }
        exchange.timings = Exchange.Timings(
            dns: milliseconds(CURLINFO_NAMELOOKUP_TIME_T), connect: milliseconds(CURLINFO_CONNECT_TIME_T),
            tls: milliseconds(CURLINFO_APPCONNECT_TIME_T), firstByte: milliseconds(CURLINFO_STARTTRANSFER_TIME_T),
            total: milliseconds(CURLINFO_TOTAL_TIME_T))
        guard let found = stet_curl_certificates(handle)?.pointee, let lists = found.certinfo else { return }
        for place in 0..<Int(found.num_of_certs) {
            var next = lists[place]
            while let entry = next {
                let text = String(cString: entry.pointee.data)
                if text.hasPrefix("Cert:") { exchange.certificates += text.dropFirst(5).utf8 }
                next = entry.pointee.next
            }
            if exchange.certificates.last != 0x0A { exchange.certificates.append(0x0A) }
        }
    }

    /// Nil for what was not reached.
    private func milliseconds(_ info: CURLINFO) -> Int? {
        var microseconds: curl_off_t = 0
        stet_curl_get_size(handle, info, &microseconds)
        return microseconds > 0 ? Int(microseconds / 1000) : nil
    }

    private func outcome(of code: CURLcode) -> FetchOutcome {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: return .dns
        case CURLE_OPERATION_TIMEDOUT: return .timeout
        case CURLE_COULDNT_CONNECT:
            var number = 0
            stet_curl_get_number(handle, CURLINFO_OS_ERRNO, &number)
            return switch Int32(truncatingIfNeeded: number) {
            case ETIMEDOUT: .timeout
            case ENETUNREACH, EHOSTUNREACH: .unreachable
            default: .refused
            }
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED:
            return .tls
        case CURLE_PARTIAL_FILE: return .truncated
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: return .reset
        case CURLE_WEIRD_SERVER_REPLY, CURLE_UNSUPPORTED_PROTOCOL, CURLE_URL_MALFORMAT, CURLE_BAD_CONTENT_ENCODING:
            return .malformed
        default: return .other
        }
    }
}

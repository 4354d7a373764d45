import AsyncHTTPClient
import HTTPTypes
import Ledger
import NIOCore
import NIOHTTP1
import Web

/// How the program asks others over HTTP: some seconds for an answer, no redirects, no more bytes than are of use.
final class OutgoingHTTP: Sendable {
  private static let deadline: TimeAmount = .seconds(15)
  private let client: HTTPClient

  init() {
    var configuration = HTTPClient.Configuration(
      redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: .seconds(10)))
    configuration.httpVersion = .http1Only
    client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
  }

  func close() async { try? await client.shutdown() }

  var gatewayTransport: GatewayTransport {
    GatewayTransport { [client] request in
      var outgoing = HTTPClientRequest(url: request.url)
      outgoing.method = .init(rawValue: request.method.rawValue)
      for field in request.headers { outgoing.headers.add(name: field.name.rawName, value: field.value) }
      if !request.body.isEmpty { outgoing.body = .bytes(request.body) }
      let answer = try await client.execute(outgoing, timeout: Self.deadline)
      let body = try await answer.body.collect(upTo: request.limit)
      var headers = HTTPFields()
      for (name, value) in answer.headers {
        if let name = HTTPField.Name(name) { headers.append(HTTPField(name: name, value: value)) }
      }
      return GatewayTransport.Response(
        status: Int(answer.status.code), headers: headers, body: Array(body.readableBytesView))
    }
  }
}

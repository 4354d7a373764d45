import Crypto
import HTTPTypes
package import Kernel
import Security
import Web

extension WeChatPay {
  package func downloadBill(of day: CivilDateTime) async -> BillOutcome {
    do throws(GatewayDoubt) {
      let answer = try await call(.get, "/v3/bill/tradebill?bill_date=\(day.isoDate)&bill_type=ALL")
      switch answer.errorCode {
      case nil: break
      case "NO_STATEMENT_EXIST", "STATEMENT_CREATING": return .none
      case .some(let code): return .refused(code: code)
      }
      guard try answer.text("hash_type") == "SHA1" else { throw .unproven(.unsupportedAlgorithm) }
      let digest = try answer.text("hash_value")
      let response = try await wire.download(try answer.text("download_url"))
      guard response.status == 200 else { throw .said(code: "HTTP_\(response.status)") }
      // The file itself is not signed; its digest is, in the answer before.
      let found = Hexadecimal.encode(Array(Insecure.SHA1.hash(data: response.body)))
      guard found == digest.lowercased() else { throw .unproven(.badSignature) }
      return .bill(DailyBill(format: .weChatPay, bytes: response.body))
    } catch {
      return .unknown(error)
    }
  }
}

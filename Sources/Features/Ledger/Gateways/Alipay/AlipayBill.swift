package import Kernel
import Web

extension Alipay {
  package func downloadBill(of day: CivilDateTime) async -> BillOutcome {
    do throws(GatewayDoubt) {
      var json = JSONWriter()
      json.object { json in
        json.field("bill_type", "trade")
        json.field("bill_date", day.isoDate)
      }
      let answer = try await wire.call("alipay.data.dataservice.bill.downloadurl.query", json.text)
      switch answer.errorCode {
      case nil: break
      case "isp.bill_not_exist", "BILL_NOT_EXIST", "isv.bill-not-exist": return .none
      case .some(let code): return .refused(code: code)
      }
      // The address holds for thirty seconds. The file is not signed, its address is.
      let response = try await wire.download(try answer.text("bill_download_url"))
      guard response.status == 200, !response.body.isEmpty else {
        throw .said(code: "HTTP_\(response.status)")
      }
      return .bill(DailyBill(format: .alipay, bytes: response.body))
    } catch {
      return .unknown(error)
    }
  }
}

import Database
import HTTPTypes
import Hummingbird
import Kernel
import Web

extension Orders {
  /// A household agrees on its order's page to pay for goods that weigh more than it had to expect.
  func registerAgreement(on routes: inout Routes, _ own: Objects) {
    routes.post(
      "/orders/:order/lines/:position/agreement", for: .signedIn, objects: own, limits: Self.limits
    ) { try await agree($0) }
  }

  private func agree(_ signedIn: SignedIn) async throws -> Response {
    let order = try await ownOrder(signedIn)
    let position = try signedIn.parameter("position")
    guard let position = Int(position),
      let amount = try await signedIn.form()["amount"].flatMap({ Int64($0) })
    else { throw Problem.notFound }
    do {
      _ = try await database.write(in: signedIn.community.id) { transaction in
        try WeighInStore.agree(
          to: .fen(amount), at: position, of: order.id, household: order.household, by: signedIn.personID,
          books, in: transaction)
      }
      return .redirect(to: "/orders/\(order.id)")
    } catch let problem as Problem where problem.status == 409 {
      let order = try await ownOrder(signedIn)
      let page = try await page(
        of: order, try await front(order.campaign, signedIn), signedIn, problem: problem)
      return .page(page, signedIn, status: .conflict)
    }
  }
}

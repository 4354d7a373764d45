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
      let money = try await money(of: order, in: signedIn.community.id)
      let front = try await front(order.campaign, signedIn)
      let pickup = try await OrderPickup.read(order, signedIn, self)
      let page = try OrderPages.order(
        order, front, helper: try await helper(of: order, in: signedIn.community.id), money: money,
        claims: try await claims(of: order, in: signedIn.community.id),
        pickup: pickup.at(order), loss: pickup.loss(order, front),
        isNew: false, isCardSession: signedIn.session.isCardSession, formToken: signedIn.formToken,
        problem: problem, now: signedIn.now, signedIn.say)
      return .page(page, signedIn, status: .conflict)
    }
  }
}

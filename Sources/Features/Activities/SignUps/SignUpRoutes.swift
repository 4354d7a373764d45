import Database
import Hummingbird
import Kernel
import People
import Web

extension ActivityProgramme {
  /// Signing up by oneself: one tap each way.
  func addSignUps(_ routes: inout Routes) {
    let own = Objects.own("sign-ups for activities")
    let limits = [RateLimit("activities.sign_up", 60, per: .minutes(10))]
    routes.post("/activities/:activity/sign-up", for: .signedIn, objects: own, limits: limits) { signedIn in
      try await changeOwn(signedIn, "POST /activities/sign-up") { activity, transaction in
        try signUps.take(
          signedIn.personID, .selfService, in: activity, by: .resident(signedIn.personID), in: transaction)
      }
    }
    routes.post("/activities/:activity/cancel", for: .signedIn, objects: own, limits: limits) { signedIn in
      try await changeOwn(signedIn, "POST /activities/cancel") { activity, transaction in
        guard
          let signUp = try SignUpStore.find(
            of: signedIn.personID, in: activity.id, in: transaction.community, transaction)
        else { throw Problem.notFound }
        try signUps.cancel(
          signUp, in: activity, by: .resident(signedIn.personID), in: transaction)
      }
    }
  }

  private func changeOwn(
    _ signedIn: SignedIn, _ operation: StaticString,
    _ work: @escaping @Sendable (Activity, Transaction) throws -> Void
  ) async throws -> Response {
    let id: ActivityID = try signedIn.id("activity")
    return try await answer(
      signedIn, backTo: Activity.path(id),
      page: { _, alerts in try await activityPage(id, signedIn.visit, alerts) }
    ) { form in
      try await change(signedIn, form, operation) { transaction in
        let activity = try ActivityStore.shown(id, in: transaction.community, transaction)
        try work(activity, transaction)
      }
    }
  }
}

#include "lib/directory/directory.h"

namespace careroute::directory {
namespace {

using BySubject = std::map<std::string, const model::v1::Member*, std::less<>>;

void Claim(const std::string& subject, const model::v1::Member& member,
           BySubject& members) {
  const auto [it, first] = members.emplace(subject, &member);
  if (!first && it->second != &member) it->second = nullptr;
}

const model::v1::Member* FindIn(const BySubject& members,
                                absl::string_view subject) {
  const auto it = members.find(subject);
  return it == members.end() ? nullptr : it->second;
}

}  // namespace

Directory Directory::With(absl::Span<const OrganisationPtr> changed) const {
  Directory next;
  next.organisations_ = organisations_;
  for (const OrganisationPtr& organisation : changed) {
    next.organisations_[organisation->name()] = organisation;
  }
  for (const auto& [name, organisation] : next.organisations_) {
    for (const model::v1::ServiceOffer& offer : organisation->services()) {
      next.by_service_[offer.service()].push_back(organisation.get());
    }
    for (const model::v1::Member& member : organisation->members()) {
      for (const std::string& subject : member.certificate_subjects()) {
        Claim(subject, member, next.by_certificate_);
      }
      for (const std::string& subject : member.token_subjects()) {
        Claim(subject, member, next.by_token_);
      }
    }
  }
  return next;
}

const model::v1::Organisation* Directory::Find(
    absl::string_view organisation) const {
  const auto it = organisations_.find(organisation);
  return it == organisations_.end() ? nullptr : it->second.get();
}

const model::v1::Member* Directory::FindMember(absl::string_view member) const {
  const model::v1::Organisation* organisation = Find(OrganisationOf(member));
  if (organisation == nullptr) return nullptr;
  for (const model::v1::Member& one : organisation->members()) {
    if (absl::string_view(one.name()) == member) return &one;
  }
  return nullptr;
}

const model::v1::Member* Directory::FindByCertificate(
    absl::string_view subject) const {
  return FindIn(by_certificate_, subject);
}

const model::v1::Member* Directory::FindByToken(
    absl::string_view subject) const {
  return FindIn(by_token_, subject);
}

absl::Span<const model::v1::Organisation* const> Directory::Offering(
    absl::string_view service) const {
  const auto it = by_service_.find(service);
  if (it == by_service_.end()) return {};
  return it->second;
}

bool HoldsOn(const std::string& valid_from, const std::string& valid_to,
             absl::CivilDay day) {
  // Most have no end, and every call and decision asks.
  if (valid_from.empty() && valid_to.empty()) return true;
  const std::string date = absl::FormatCivilTime(day);
  return (valid_from.empty() || valid_from <= date) &&
         (valid_to.empty() || date <= valid_to);
}

absl::string_view OrganisationOf(absl::string_view member) {
  return member.substr(0, member.find("/members/"));
}

}  // namespace careroute::directory

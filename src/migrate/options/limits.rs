//! Limits of rates and connections, and error pages: middlewares under names that labels give.

use super::Unit;
use crate::golang::duration::Duration;
use crate::migrate::container::name;
use crate::migrate::note::Said;
use crate::v1::labels::Reader;
use crate::v1::options::Setting;

impl Unit<'_> {
    /// Rates and connections, each counted by what an extractor function names.
    pub(super) fn limits(&mut self) {
        const AMOUNT: &str = "traefik.backend.maxconn.amount";
        const CONNECTIONS: &str = "traefik.backend.maxconn.extractorfunc";
        const RATES: &str = "traefik.frontend.rateLimit.extractorFunc";
        if self.holds(AMOUNT) {
            let by = self.filled(CONNECTIONS).unwrap_or("request.host").to_owned();
            self.criterion("max-conn", "inflightreq", CONNECTIONS, &by);
        }
        let Some(limit) = self.section("getRateLimit") else {
            return self.without(
                "traefik.frontend.rateLimit.rateSet.",
                "v1 reads it only with `traefik.frontend.rateLimit.extractorFunc`",
            );
        };
        let by = self.filled(RATES).unwrap_or_default().to_owned();
        let Some(Setting::Sections(rates)) = limit.get("RateSet") else { return };
        if rates.is_empty() {
            self.note(RATES, Said::NoEffect("there is no `traefik.frontend.rateLimit.rateSet`".to_owned()));
        }
        for (rate, set) in rates {
            let suffix = format!("rate-{rate}");
            for (field, option) in [("Average", "average"), ("Burst", "burst")] {
                if let Some(Setting::Int(number)) = set.get(field) {
                    self.set_middleware(&suffix, &format!("ratelimit.{option}"), number.to_string());
                }
            }
            if let Some(Setting::Duration(period)) = set.get("Period") {
                let period = Duration(*period).to_string();
                self.set_middleware(&suffix, "ratelimit.period", period);
            }
            self.criterion(&suffix, "ratelimit", RATES, &by);
        }
    }

    /// What is counted by; without it v1 counts nothing.
    fn criterion(&mut self, suffix: &str, kind: &str, label: &str, by: &str) {
        let option = |name: &str| format!("{kind}.sourcecriterion.{name}");
        if by == "request.host" {
            self.set_middleware(suffix, &option("requesthost"), "true");
        } else if let Some(header) = by.strip_prefix("request.header.") {
            self.set_middleware(suffix, &option("requestheadername"), header);
        } else if by == "client.ip" {
            self.set_middleware(suffix, &option("ipstrategy.depth"), "0");
        } else {
            self.remove_middleware(suffix);
            self.note(label, Said::NoEffect(format!("`{by}` is no extractor that v1 knows, so nothing is limited")));
        }
    }

    fn without(&mut self, prefix: &str, reason: &str) {
        let labels: Vec<String> = Reader::new(self.own).beginning(prefix).map(|(label, _)| label.to_owned()).collect();
        for label in labels {
            self.note(&label, Said::NoEffect(reason.to_owned()));
        }
    }

    pub(super) fn error_pages(&mut self) {
        let Some(Setting::Sections(pages)) = self.section("getErrorPages").and_then(|section| section.get("").cloned())
        else {
            return self.without("traefik.frontend.errors.", "v1 makes no page of it");
        };
        for (page, set) in pages {
            let suffix = format!("errors-{page}");
            if let Some(Setting::List(statuses)) = set.get("Status") {
                self.set_middleware(&suffix, "errors.status", statuses.join(","));
            }
            if let Some(Setting::Text(query)) = set.get("Query") {
                self.set_middleware(&suffix, "errors.query", query.clone());
            }
            if let Some(Setting::Backend(backend)) = set.get("Backend") {
                self.set_middleware(&suffix, "errors.service", name(&[backend]));
                self.note(
                    &format!("traefik.frontend.errors.{page}.backend"),
                    Said::ByHand(format!("a service named `{}` has to exist", name(&[backend]))),
                );
            }
        }
    }
}

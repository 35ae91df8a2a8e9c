#include "token_cache.hpp"

#include <utility>

namespace facet {

bool TokenCache::append(const std::string & text, std::vector<llama_token> & ids) {
    const std::lock_guard<std::mutex> lock(mutex_);
    auto found = recent_.find(text);
    if (found == recent_.end()) {
        const auto older = older_.find(text);
        if (older == older_.end()) return false;
        ids.insert(ids.end(), older->second.begin(), older->second.end());
        auto kept = older_.extract(older);
        put_locked(std::move(kept.key()), std::move(kept.mapped()));
        return true;
    }
    ids.insert(ids.end(), found->second.begin(), found->second.end());
    return true;
}

void TokenCache::put(std::string text, std::vector<llama_token> ids) {
    const std::lock_guard<std::mutex> lock(mutex_);
    put_locked(std::move(text), std::move(ids));
}

void TokenCache::put_locked(std::string text, std::vector<llama_token> ids) {
    const size_t bytes = text.size() + ids.size() * sizeof(llama_token);
    if (recent_bytes_ + bytes > half_) {
        older_ = std::exchange(recent_, {});
        recent_bytes_ = 0;
    }
    if (bytes > half_) return;
    if (recent_.emplace(std::move(text), std::move(ids)).second) recent_bytes_ += bytes;
}

} // namespace facet

#include "embedding_store.hpp"

namespace facet {

uint32_t EmbeddingStore::number(const std::string & key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    return number_locked(key);
}

std::string EmbeddingStore::key(uint32_t number) const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return keys_.at(number - 1);
}

bool EmbeddingStore::has(const std::string & key) {
    const std::lock_guard<std::mutex> lock(mutex_);
    const auto found = entries_.find(key);
    if (found == entries_.end()) return false;
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return true;
}

uint32_t EmbeddingStore::number_locked(const std::string & key) {
    const auto found = numbers_.find(key);
    if (found != numbers_.end()) return found->second;
    keys_.push_back(key);
    const uint32_t number = static_cast<uint32_t>(keys_.size());
    numbers_.emplace(key, number);
    return number;
}

void EmbeddingStore::put(const std::string & key, std::vector<float> data) {
    const std::lock_guard<std::mutex> lock(mutex_);
    number_locked(key);
    if (entries_.count(key) > 0) return;
    bytes_ += data.size() * sizeof(float);
    uses_.push_front(key);
    entries_.emplace(key, Entry{std::make_shared<const std::vector<float>>(std::move(data)), uses_.begin()});
    while (bytes_ > budget_ && uses_.size() > 1) {
        const auto oldest = entries_.find(uses_.back());
        bytes_ -= oldest->second.data->size() * sizeof(float);
        entries_.erase(oldest);
        uses_.pop_back();
    }
}

Embedding EmbeddingStore::find(uint32_t number) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (number == 0 || number > keys_.size()) return nullptr;
    const auto found = entries_.find(keys_[number - 1]);
    if (found == entries_.end()) return nullptr;
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return found->second.data;
}

void EmbeddingStore::clear() {
    const std::lock_guard<std::mutex> lock(mutex_);
    entries_.clear();
    uses_.clear();
    bytes_ = 0;
    keys_.assign(keys_.size(), "");
    numbers_.clear();
}

} // namespace facet
